/** What Vite puts into the build in place of the call: the text of every file that matches. */
interface ImportMeta {
  glob(pattern: string, options: { query: '?raw'; import: 'default'; eager: true }): Record<string, string>;
}
