import { useState } from 'react';

/**
 * Tells a screen reader, at once, what has just come. The region is there from the start and its words change, which is
 * what makes them read; the key makes the same words read again for another call.
 */
export function Announcer({ words, id }: { words: string | null; id: string | null }) {
  const [said, setSaid] = useState<{ words: string | null; id: string | null }>({ words: null, id: null });
  // Words of the same call may be refined later (its name arrives); they are said once.
  if (said.id !== id) setSaid({ words, id });
  return (
    <div className="visually-hidden" role="alert" aria-live="assertive">
      {said.words !== null && <p key={said.id}>{said.words}</p>}
    </div>
  );
}
