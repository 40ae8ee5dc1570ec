// Pictures that a person chose, made fit to send: upright, at most 2,048 pixels wide or high, without where they were taken.
const LARGEST = 2048;

async function shrunk(file) {
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, LARGEST / Math.max(picture.width, picture.height));
    const width = Math.max(1, Math.round(picture.width * scale));
    const height = Math.max(1, Math.round(picture.height * scale));
    const canvas = Object.assign(document.createElement("canvas"), { width, height });
    const drawing = canvas.getContext("2d");
    // What lets light through would become black.
    drawing.fillStyle = "#fff";
    drawing.fillRect(0, 0, width, height);
    drawing.drawImage(picture, 0, 0, width, height);
    picture.close();
    return canvas.toDataURL("image/jpeg", 0.85).split(",")[1];
  } catch {
    return null;
  }
}

// Gives the app `hnhPhotos`: the files of an input as JPEG in Base64, null for what is no picture. Choosing the same again works.
window.hnhPhotos = async (id, most) => {
  const input = document.getElementById(id);
  const photos = [];
  // One after the other: each takes the memory of its pixels.
  for (const file of [...input.files].slice(0, most)) photos.push(await shrunk(file));
  input.value = "";
  return JSON.stringify(photos);
};
