// Bytes as text that a page may hold: seven bits a character, as `xtask/src/pack/seven.rs` says. `single/seven.js` reads it.

const NEVER = "\0\t\n\f\r\x1a&<";

/** The text for some bytes. */
export function textOf(bytes) {
  const codes = new Uint16Array(Math.ceil((bytes.length * 8) / 7));
  let [end, held, bits] = [0, 0, 0];
  let waiting = -1;
  const put = (seven) => {
    if (waiting >= 0) {
      codes[end++] = 0x100 + waiting * 128 + seven;
      waiting = -1;
    } else {
      waiting = NEVER.indexOf(String.fromCharCode(seven));
      if (waiting < 0) codes[end++] = seven;
    }
  };
  for (const byte of bytes) {
    held = (held << 8) | byte;
    for (bits += 8; bits >= 7; held &= (1 << bits) - 1) {
      bits -= 7;
      put(held >> bits);
    }
  }
  if (bits) put(held << (7 - bits));
  if (waiting >= 0) put(0);
  return new TextDecoder("utf-16le").decode(codes.subarray(0, end));
}
