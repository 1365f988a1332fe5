import { Button, createTheme, type MantineColorsTuple, NumberInput, Select, Textarea, TextInput } from "@mantine/core";

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

/** Mantine in our greys: ink for what one presses, four sizes of type, targets of 40 px and more. */
export const mantineTheme = createTheme({
  primaryColor: "ink",
  colors: { ink },
  primaryShade: { light: 8, dark: 1 },
  autoContrast: true,
  fontFamily: "system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'Cascadia Mono', 'SF Mono', 'DejaVu Sans Mono', monospace",
  fontSizes: { xs: "0.875rem", sm: "0.875rem", md: "1rem", lg: "1.25rem", xl: "2rem" },
  defaultRadius: 4,
  respectReducedMotion: true,
  components: {
    Button: Button.extend({ defaultProps: { size: "md" } }),
    TextInput: TextInput.extend({ defaultProps: { size: "md" } }),
    NumberInput: NumberInput.extend({ defaultProps: { size: "md" } }),
    Select: Select.extend({ defaultProps: { size: "md", allowDeselect: false } }),
    Textarea: Textarea.extend({ defaultProps: { size: "md" } }),
  },
});
