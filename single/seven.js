// Bytes as text that an HTML page may hold and a server may send as UTF-8: seven bits a character. A character that
// HTML, a line end or an old editor could change goes together with the next seven bits into a character of two bytes.
// `xtask/src/pack/seven.rs` writes the same.

const NEVER = "\0\t\n\f\r\x1a&<";
const PAIRS = 0x100;

/** The first `size` bytes that a text holds. */
export function bytesOf(text, size) {
  const bytes = new Uint8Array(size);
  let [at, held, bits] = [0, 0, 0];
  const take = (seven) => {
    held = (held << 7) | seven;
    bits += 7;
    if (bits < 8) return;
    bits -= 8;
    bytes[at++] = held >> bits;
    held &= (1 << bits) - 1;
  };
  for (let place = 0; place < text.length; place++) {
    const character = text.charCodeAt(place);
    if (character >= PAIRS) take(NEVER.charCodeAt((character - PAIRS) >> 7));
    take(character & 127);
  }
  if (at < size) throw new Error("it breaks off");
  return bytes;
}
