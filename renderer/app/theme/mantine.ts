import {
  type ButtonProps,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type PasswordInputProps,
  type SelectProps,
  type TextareaProps,
  type TextInputProps,
} from "@mantine/core";

const ink: MantineColorsTuple = [
  "#f4f5f6",
  "#e6e8ea",
  "#d2d5d9",
  "#aab0b7",
  "#858d96",
  "#666f79",
  "#4b535c",
  "#343b43",
  "#20262c",
  "#14181c",
];

/** The greys of theme.css in the order that Mantine's dark scheme wants: text, muted, edges, fields, page. */
const dark: MantineColorsTuple = [
  "#e8eaec",
  "#c3c9cf",
  "#a7afb8",
  "#78818b",
  "#4a525b",
  "#343b42",
  "#1c2024",
  "#15181b",
  "#101214",
  "#0b0d0e",
];

/** Mantine in our greys: ink for what one presses, four sizes of type, targets of 40 px and more. */
export const mantineTheme = createTheme({
  primaryColor: "ink",
  colors: { ink, dark },
  primaryShade: { light: 8, dark: 1 },
  autoContrast: true,
  // autoContrast judges by the light scheme's shade alone: in the dark one, white would stand on light grey.
  variantColorResolver(input) {
    const colors = defaultVariantColorsResolver(input);
    return input.variant === "filled" && input.color === "ink"
      ? { ...colors, color: "var(--mantine-primary-color-contrast)" }
      : colors;
  },
  fontFamily: "system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'Cascadia Mono', 'SF Mono', 'DejaVu Sans Mono', monospace",
  fontSizes: { xs: "0.875rem", sm: "0.875rem", md: "1rem", lg: "1.25rem", xl: "2rem" },
  defaultRadius: 4,
  respectReducedMotion: true,
  // Named, not imported: the theme is in the first load, and what stands behind a Select is not needed there.
  components: {
    Button: { defaultProps: { size: "md", px: 16, fw: 500 } satisfies ButtonProps },
    TextInput: { defaultProps: { size: "md" } satisfies TextInputProps },
    PasswordInput: {
      defaultProps: { size: "md" } satisfies PasswordInputProps,
      vars: () => ({ root: { "--psi-button-size": "40px" } }),
    },
    Select: { defaultProps: { size: "md", allowDeselect: false } satisfies Partial<SelectProps> },
    Textarea: { defaultProps: { size: "md" } satisfies TextareaProps },
  },
});
