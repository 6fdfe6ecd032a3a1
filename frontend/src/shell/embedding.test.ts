import { expect, it } from "vitest";
import { frameOf } from "./embedding";

it("a frame's address is whole, and nothing of a view ends its attribute", () => {
  const html = frameOf('http://127.0.0.1:8000/some/?talk#v=1&a=say "hi"><script>&c=x', 'A "title" <b>');
  const frame = new DOMParser().parseFromString(html, "text/html").querySelector("iframe");
  expect(frame?.getAttribute("src")).toContain("http://127.0.0.1:8000/some/?embed=1#v=1&a=say");
  expect(html).toContain(' title="A &quot;title&quot; &lt;b&gt;" ');
  expect(html.match(/<script/)).toBeNull();
});
