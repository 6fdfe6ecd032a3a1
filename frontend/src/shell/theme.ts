/** Which theme is on: the link's, else the system's. It is an attribute of the root element; CSS does the rest. */
import { computed, effect, signal } from "@preact/signals";
import { isOpen } from "./address";
import { dark as darkGround, presenting } from "./chrome";
import { look } from "./look";

const systemDark = matchMedia("(prefers-color-scheme: dark)");
const dark = signal(systemDark.matches);
systemDark.addEventListener("change", (event) => {
  dark.value = event.matches;
});

export const theme = computed<"light" | "dark" | "projector">(() => {
  const wish = isOpen.value ? look.value.theme : "system";
  if (wish === "system" && presenting.value) return "projector";
  return wish === "system" ? (dark.value ? "dark" : "light") : wish;
});

export function startTheme(): void {
  effect(() => {
    document.documentElement.dataset["theme"] = theme.value;
    document.documentElement.toggleAttribute("data-presenting", presenting.value);
    darkGround.value = theme.value === "dark";
    document.documentElement.dataset["palette"] =
      isOpen.value && look.value.palette === "safe" ? "safe" : "paper";
  });
}

/** A colour token of the present theme, for what is drawn outside CSS. */
export function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}
