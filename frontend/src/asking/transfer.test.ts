import { expect, it } from "vitest";
import type { ProgressEvent } from "../api/types";
import { comingOf, Meter } from "./transfer";

const event = (done: number, note: string): ProgressEvent => ({
  event: "progress",
  stage: "download",
  done,
  total: 1000,
  seconds_left: null,
  unit: "bytes",
  note,
});

it("reads checkpoint and files from the note, and tells the speed of the last moments", () => {
  const meter = new Meter();
  const note = "step512: 1 of 5 files, model-00001-of-00002.safetensors";
  expect(comingOf(event(100, note), meter, 10)).toEqual({
    revision: "step512",
    file: "model-00001-of-00002.safetensors",
    whole: 1,
    files: 5,
    bytesPerSecond: null,
  });
  expect(comingOf(event(300, note), meter, 12)?.bytesPerSecond).toBe(100);
  expect(comingOf(event(310, note), meter, 30)?.bytesPerSecond).toBeLessThan(1);
});

it("measures another checkpoint anew", () => {
  const meter = new Meter();
  meter.rate("step1", 900, 0);
  meter.rate("step1", 1000, 1);
  expect(meter.rate("step2", 10, 2)).toBeNull();
  expect(meter.rate("step2", 30, 3)).toBe(20);
});

it("says nothing of events that count points", () => {
  expect(comingOf({ ...event(1, ""), unit: "points" }, new Meter(), 0)).toBeNull();
});
