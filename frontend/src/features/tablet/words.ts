/** One of 7,776, so that each word adds 12.9 bits. */
let list: readonly string[] | null = null;

/**
 * Words of which none is chosen more often than another.
 *
 * The list is the EFF's large wordlist for passphrases (Electronic Frontier Foundation, 2016, CC BY 3.0 US).
 */
export async function randomWords(count: number): Promise<string> {
  list ??= (await import('./eff-large-wordlist.txt?raw')).default.split(' ');
  const words = list;
  return Array.from({ length: count }, () => words[below(words.length)]).join(' ');
}

/** A number below a limit, each equally likely. */
function below(limit: number): number {
  const fair = Math.floor(0x1_0000_0000 / limit) * limit;
  for (;;) {
    const [drawn = 0] = crypto.getRandomValues(new Uint32Array(1));
    if (drawn < fair) return drawn % limit;
  }
}
