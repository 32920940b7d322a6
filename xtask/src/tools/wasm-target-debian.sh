# A WebAssembly target where rustup's server can't be reached: Debian's compiler, linked into rustup as the
# toolchain "debian", with the standard library compiled once from the source that Debian packs beside it.
# Run by xtask as root; afterwards `cargo +debian build --target wasm32-unknown-unknown` works.
set -eu
export DEBIAN_FRONTEND=noninteractive
target=wasm32-unknown-unknown

apt-get update -qq
offered=$(apt-cache policy rustc-web | sed -n 's/^  Candidate: 1\.\([0-9]*\)\..*/\1/p')
if [ "${offered:-0}" -lt "$1" ]; then
  echo "Debian offers Rust 1.${offered:-(none)} here, and 1.$1 is needed: add the security updates to apt's sources"
  exit 1
fi
apt-get install -y --no-install-recommends rustc-web cargo-web rust-web-src

# Rust looks for its linker as rust-lld; Debian's of the same LLVM serves.
llvm=$(/usr/bin/rustc -vV | sed -n 's/^LLVM version: \([0-9]*\).*/\1/p')
apt-get install -y --no-install-recommends "lld-$llvm"
[ -e /usr/bin/rust-lld ] || ln -s "lld-$llvm" /usr/bin/rust-lld
rustup toolchain link debian /usr

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
unset CARGO_TARGET_DIR CARGO
# Without bitcode in it, nothing could be linked to it with link-time optimisation.
export RUSTFLAGS=-Cembed-bitcode=yes
export RUSTUP_TOOLCHAIN=debian
cargo init --lib --name empty --quiet .
# -Z build-std is the one way to compile a standard library; the bootstrap flag lets a stable compiler do it.
RUSTC_BOOTSTRAP=1 cargo build -Z build-std=std,panic_abort,proc_macro,test --target "$target" --release

library=/usr/lib/rustlib/$target/lib
mkdir -p "$library"
cp "target/$target/release/deps/"lib*.rlib "$library/"
rm -f "$library"/libempty*
