/** The view for another page's frame: the page as it is, with the figure alone. */

import { link } from "./address";
import { toClipboard } from "./CopyLink";

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", '"': "&quot;", "<": "&lt;", ">": "&gt;" };
const escaped = (text: string): string => text.replace(/[&"<>]/g, (sign) => ESCAPES[sign] ?? sign);

/** The frame as HTML: `url` is a view's whole address. */
export function frameOf(url: string, title: string): string {
  const address = new URL(url);
  address.search = "?embed=1";
  return `<iframe src="${escaped(address.href)}" title="${escaped(title)}" width="640" height="720" loading="lazy" style="border: 0" allow="fullscreen"></iframe>`;
}

export const copyFrame = (title: string): Promise<void> => toClipboard(frameOf(link(), title));
