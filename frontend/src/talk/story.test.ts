import { deflateSync, strToU8 } from "fflate";
import { describe, expect, it } from "vitest";
import { packedStory, type Story, storyJson, storyOf, unpackedStory } from "./story";

const STORY: Story = {
  title: "Régions 🗺",
  views: [
    { link: "#v=1&n=33", title: "One", notes: "Say\n<b>this</b>", through: true, requests: [] },
    { link: "#v=1&room=belief", title: "", notes: "", through: false, requests: [] },
  ],
};

const url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_");

describe("a story", () => {
  it("comes back from its file and from an address as it was", () => {
    expect(storyOf(storyJson(STORY))).toEqual(STORY);
    const short = packedStory(STORY);
    expect(short).toMatch(/^[A-Za-z0-9_-]+$/);
    expect(unpackedStory(short)).toEqual(STORY);
  });

  it.each([
    ["no JSON", "{", /not JSON/],
    ["of another kind", "{}", /no story/],
    ["of another version", '{"format":"stable-regions-story","version":2,"views":[]}', /another version/],
    ["without views", '{"format":"stable-regions-story","version":1}', /no list of views/],
    [
      "with a link that runs",
      '{"format":"stable-regions-story","version":1,"views":[{"link":"javascript:alert(1)"}]}',
      /does not begin with #/,
    ],
    [
      "with a title of another type",
      '{"format":"stable-regions-story","version":1,"views":[{"link":"#v=1","title":{}}]}',
      /no text/,
    ],
    [
      "with too many views",
      JSON.stringify({
        format: "stable-regions-story",
        version: 1,
        views: Array(201).fill({ link: "#v=1" }),
      }),
      /201 views/,
    ],
  ])("%s is refused in words", (_, text, words) => {
    expect(() => storyOf(text)).toThrow(words);
  });

  it("of an address that is cut or inflates without end is refused, and takes no memory", () => {
    expect(() => unpackedStory(packedStory(STORY).slice(0, 40))).toThrow(/cut off|not JSON/);
    const bomb = url(deflateSync(strToU8(" ".repeat(2 ** 24))));
    expect(() => unpackedStory(bomb)).toThrow(/too large|not JSON/);
  });
});
