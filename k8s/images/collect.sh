# Copies the shared libraries of a program into /image, where they are looked for by their usual names.
set -eu
ldd "$1" | grep -o '/[^ ]*' | while read -r library; do
  mkdir -p "/image$(dirname "$library")"
  cp --dereference "$library" "/image$library"
done
mkdir -p /image/etc
