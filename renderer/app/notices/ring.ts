const notesHz = [660, 880];
const noteS = 0.16;

/** Two short notes. Nothing before the first click or key: until then browsers let no page sound. */
export function ring(): void {
  if (!navigator.userActivation.hasBeenActive) return;
  const context = new AudioContext();
  const tone = context.createOscillator();
  const level = context.createGain();
  const begin = context.currentTime;
  for (const [at, note] of notesHz.entries()) tone.frequency.setValueAtTime(note, begin + at * noteS);
  level.gain.setValueAtTime(0.2, begin);
  level.gain.linearRampToValueAtTime(0, begin + notesHz.length * noteS);
  tone.connect(level).connect(context.destination);
  tone.onended = () => void context.close();
  tone.start();
  tone.stop(begin + notesHz.length * noteS);
}
