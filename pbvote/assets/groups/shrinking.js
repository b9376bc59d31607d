// Makes a photo small before it is kept: 1,600 pixels at most, upright, a JPEG without its place. A kind that this phone can't
// draw is kept as it is, if it is no larger than the server takes; the server draws every photo again.
const LONGEST = 1600;
const QUALITY = 0.85;
const MOST_BYTES = 15 * 1024 * 1024;

async function drawn(file) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const context = canvas.getContext("2d");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("not drawn"))), "image/jpeg", QUALITY));
}

// The bytes and their type; null where it is neither drawn nor small enough.
export async function shrunk(file) {
  const small = await drawn(file).catch(() => (file.size && file.size <= MOST_BYTES ? file : null));
  // Bytes, and not a Blob: some phones lose a Blob out of their database.
  return small && { bytes: await new Response(small).arrayBuffer(), type: small.type };
}
