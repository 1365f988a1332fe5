import { useEffect, useRef, useState } from "react";

/** A value that changes at most once every `ms` (four times a second by default): for numbers that are read, not for state. */
export function useThrottled<Value>(value: Value, ms = 250): Value {
  const [shown, setShown] = useState(value);
  const latest = useRef(value);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const lastAt = useRef(0);
  useEffect(() => {
    latest.current = value;
    if (timer.current) return;
    const wait = Math.max(0, lastAt.current + ms - Date.now());
    timer.current = setTimeout(() => {
      timer.current = null;
      lastAt.current = Date.now();
      setShown(() => latest.current);
    }, wait);
  }, [value, ms]);
  useEffect(
    () => () => {
      if (timer.current) clearTimeout(timer.current);
      timer.current = null;
    },
    [],
  );
  return shown;
}
