/** Talk mode: what stands over the room while a story is made or given. Fetched when it is first wanted. */
import { useEffect } from "preact/hooks";
import Editor from "./Editor";
import { give } from "./giving";
import Stage from "./Stage";
import { isWanted, keepTalk } from "./state";

export default function Talk() {
  useEffect(() => {
    const wanted = isWanted();
    keepTalk();
    if (wanted) give();
  }, []);
  return (
    <>
      <Editor />
      <Stage />
    </>
  );
}
