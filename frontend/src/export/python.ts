/** The request on the page as a Python program that computes the same result. */

/** A request, of whatever analysis. */
type Asked = Readonly<Record<string, unknown>> & { readonly analysis: string };

/** The program: runs as pasted, and says how to ask this server instead. Fields that are null are left out. */
export function pythonOf(request: Asked, origin: string): string {
  return `from stable_regions import ${kindOf(request)}, compute

request = ${called(request, 0)}
result = compute(request)
# On the server this was copied from: from stable_regions import Client; result = Client(${literal(origin, 0)}).compute(request)
result.figure().show()
`;
}

/** The same for several requests of one kind, shown one after another. */
export function pythonOfAll(requests: readonly [Asked, ...Asked[]], origin: string): string {
  return `from stable_regions import ${kindOf(requests[0])}, compute

requests = [
${requests.map((request) => `    ${called(request, 1)},\n`).join("")}]
results = [compute(request) for request in requests]
# On the server these were copied from: from stable_regions import Client; results = [Client(${literal(origin, 0)}).compute(request) for request in requests]
for result in results:
    result.figure().show()
`;
}

/** The class of a request: its analysis' name in capitals, as every analysis of the server is named. */
function kindOf({ analysis }: Asked): string {
  if (!/^[a-z]+(_[a-z]+)*$/.test(analysis))
    throw new Error(`No Python is known for the analysis ${JSON.stringify(analysis)}.`);
  const words = analysis.split("_").map((word) => word[0]?.toUpperCase() + word.slice(1));
  return `${words.join("")}Request`;
}

/** The call that makes a request. */
function called(request: Asked, depth: number): string {
  const indent = "    ".repeat(depth);
  const fields = Object.entries(request)
    .filter(([name, value]) => name !== "analysis" && value != null)
    .map(([name, value]) => `${indent}    ${name}=${literal(value, depth + 1)},\n`);
  return `${kindOf(request)}(\n${fields.join("")}${indent})`;
}

/** A JSON value as a Python literal, broken over lines where one would be long. */
export function literal(value: unknown, depth: number): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return JSON.stringify(value);
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  const items = Array.isArray(value)
    ? value.map((item) => literal(item, depth + 1))
    : Object.entries(value ?? {}).map(
        ([name, item]) => `${JSON.stringify(name)}: ${literal(item, depth + 1)}`,
      );
  const line = `${open}${items.join(", ")}${close}`;
  if (line.length <= 80 && !line.includes("\n")) return line;
  const indent = "    ".repeat(depth + 1);
  return `${open}\n${items.map((item) => `${indent}${item},\n`).join("")}${"    ".repeat(depth)}${close}`;
}
