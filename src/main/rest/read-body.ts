/** Reads an answer's body as text, and no more of it than it may have. */

/** The body is longer than it may be. */
export class BodyTooLarge extends Error {
  constructor(readonly limit: number) {
    super(`the answer is longer than ${limit} bytes`);
    this.name = 'BodyTooLarge';
  }
}

/** @throws BodyTooLarge, and whatever the stream fails with */
export async function readBody(response: Response, limit: number): Promise<string> {
  if (response.body === null) return '';
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  // Leaving the loop early cancels the stream. Streams are iterable here; the types of the DOM do not say so.
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > limit) throw new BodyTooLarge(limit);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
