// Makes the desk's sounds: three short tones, synthesised here, so that they are the product's own. Run: node scripts/sounds.mjs
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const SOUNDS = fileURLToPath(new URL('../resources/sounds/', import.meta.url));
/** Samples per second: telephones' sounds need no more than 10 kHz. */
const RATE = 22_050;
/** Loudest sample as a part of full scale: room for headsets that are turned up. */
const PEAK = 0.6;

/** A struck tone: partials that die away, the higher ones sooner. */
function struck(frequency, seconds, partials) {
  return (t) =>
    t < 0 || t > seconds
      ? 0
      : partials.reduce(
          (sum, { ratio, level, decay }) =>
            sum + level * Math.exp(-t * decay) * Math.sin(2 * Math.PI * frequency * ratio * t),
          0,
        ) * Math.min(1, t / 0.004);
}
const soft = [
  { ratio: 1, level: 1, decay: 4 },
  { ratio: 2, level: 0.3, decay: 7 },
  { ratio: 3, level: 0.1, decay: 12 },
];
const bell = [
  { ratio: 1, level: 1, decay: 3 },
  { ratio: 2.76, level: 0.5, decay: 6 },
  { ratio: 5.4, level: 0.2, decay: 10 },
];
const wood = [
  { ratio: 1, level: 1, decay: 14 },
  { ratio: 3.9, level: 0.35, decay: 30 },
];

const sounds = {
  // Two rising notes, a fourth apart: somebody comes.
  chime: {
    seconds: 1.2,
    notes: [
      [0, struck(659.3, 1.2, soft)],
      [0.18, struck(880, 1, soft)],
    ],
  },
  // One clear strike for loud rooms.
  bell: { seconds: 1.4, notes: [[0, struck(784, 1.4, bell)]] },
  // Three dry knocks: short, and not musical at all.
  knock: { seconds: 0.8, notes: [0, 0.14, 0.28].map((at) => [at, struck(523.3, 0.4, wood)]) },
};

function wav(samples) {
  const data = Buffer.alloc(samples.length * 2);
  samples.forEach((sample, index) => data.writeInt16LE(Math.round(sample * 32_767), index * 2));
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + data.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20); // PCM
  head.writeUInt16LE(1, 22); // mono
  head.writeUInt32LE(RATE, 24);
  head.writeUInt32LE(RATE * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
}

await mkdir(SOUNDS, { recursive: true });
for (const [name, { seconds, notes }] of Object.entries(sounds)) {
  const raw = Array.from({ length: Math.round(seconds * RATE) }, (_, index) => {
    const t = index / RATE;
    return notes.reduce((sum, [at, note]) => sum + note(t - at), 0);
  });
  const loudest = Math.max(...raw.map(Math.abs));
  await writeFile(`${SOUNDS}${name}.wav`, wav(raw.map((sample) => (sample / loudest) * PEAK)));
}
