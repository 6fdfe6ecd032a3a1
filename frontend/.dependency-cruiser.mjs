/** The page's floors: imports go only downward, and no room imports another. `make floors` holds it. */

/** From the ground up; folders on one floor do not know each other. */
const FLOORS = [
  ["api"],
  ["field", "pack"],
  ["kit"],
  ["asking", "shell"],
  ["subject"],
  ["export"],
  ["plot"],
  ["talk"],
  ["rooms"],
  ["app"],
];

const ALL = FLOORS.flat();
const inside = (names) => `^src/(${names.join("|")})/`;

const upward = FLOORS.flatMap((floor, level) =>
  floor.map((folder) => {
    const above = [...floor.filter((other) => other !== folder), ...FLOORS.slice(level + 1).flat()];
    return {
      name: `${folder}-knows-nothing-above`,
      comment: `${folder} may import only from what stands before it in: ${ALL.join(" < ")}.`,
      severity: "error",
      from: { path: inside([folder]) },
      to: { path: above.length > 0 ? inside(above) : "^src/main" },
    };
  }),
);

export default {
  forbidden: [
    ...upward,
    {
      name: "every-folder-has-a-floor",
      comment: "A file stands on a floor, or is the entry. A new folder belongs into FLOORS.",
      severity: "error",
      from: { path: "^src/", pathNot: [inside(ALL), "^src/main\\.tsx$", "^src/vite"] },
      to: {},
    },
    {
      name: "nothing-imports-what-has-no-floor",
      severity: "error",
      from: {},
      to: { path: "^src/", pathNot: [inside(ALL)] },
    },
    {
      name: "rooms-do-not-know-each-other",
      comment: "What two rooms share lies below them, in subject or kit.",
      severity: "error",
      from: { path: "^src/rooms/([^/]+)/" },
      to: { path: "^src/rooms/", pathNot: "^src/rooms/$1/" },
    },
    {
      name: "no-circles",
      comment: "Of two that need each other, one is too large: part it.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "only-plot-knows-plotly",
      severity: "error",
      from: { pathNot: "^src/plot/" },
      to: { path: "plotly\\.js", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "pure-folders-know-no-screen",
      comment: "What is computed here runs without a page; signals and widgets stand above.",
      severity: "error",
      from: { path: inside(["field"]) },
      to: { path: "preact" },
    },
    {
      name: "resolved",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "\\.test\\.tsx?$|\\.bench\\.ts$|\\.css$" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { extensions: [".ts", ".tsx", ".d.ts"] },
  },
};
