/** The drawing of a screen, for the folded rail; the word is always said beside it. */
export function ScreenIcon({ drawing }: { drawing: string }) {
  return (
    <svg
      width="20"
      height="20"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      aria-hidden="true"
    >
      <path d={drawing} strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
