/** Icons as paths on a grid of 16; they take the colour of the text and are hidden from screen readers. */

const PATHS = {
  play: "M4.5 2.8v10.4a.6.6 0 0 0 .92.5l8-5.2a.6.6 0 0 0 0-1l-8-5.2a.6.6 0 0 0-.92.5z",
  pause: "M4 2.5h2.8v11H4zM9.2 2.5H12v11H9.2z",
  loop: "M11.2 1.2 14 4l-2.8 2.8V4.9H5.5a2.6 2.6 0 0 0-2.6 2.6v.4H1.2v-.4a4.3 4.3 0 0 1 4.3-4.3h5.7zM4.8 14.8 2 12l2.8-2.8v1.9h5.7a2.6 2.6 0 0 0 2.6-2.6v-.4h1.7v.4a4.3 4.3 0 0 1-4.3 4.3H4.8z",
  close: "M3.3 4.5 4.5 3.3 8 6.8l3.5-3.5 1.2 1.2L9.2 8l3.5 3.5-1.2 1.2L8 9.2l-3.5 3.5-1.2-1.2L6.8 8z",
  down: "M3.2 5.8 4.4 4.6 8 8.2l3.6-3.6 1.2 1.2L8 10.6z",
  full: "M2 2h5v1.7H3.7V7H2zM9 2h5v5h-1.7V3.7H9zM2 9h1.7v3.3H7V14H2zM12.3 9H14v5H9v-1.7h3.3z",
  pin: "M8 1a4.6 4.6 0 0 1 4.6 4.6C12.6 9 8 15 8 15S3.4 9 3.4 5.6A4.6 4.6 0 0 1 8 1zm0 2.9a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6z",
  back: "M9.8 2.6 11 3.8 6.8 8l4.2 4.2-1.2 1.2L4.4 8z",
  forth: "M6.2 2.6 5 3.8 9.2 8 5 12.2l1.2 1.2L11.6 8z",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg viewBox="0 0 16 16" width="16" height="16" fill="currentColor" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
