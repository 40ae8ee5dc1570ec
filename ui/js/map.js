// The map library, loaded when a map is first shown.
import "maplibre-gl/dist/maplibre-gl.css";
import { setWorkerUrl } from "maplibre-gl";

export { Map, Marker, NavigationControl } from "maplibre-gl";

const assets = JSON.parse(document.getElementById("assets").textContent);
setWorkerUrl(assets["map-worker.js"]);
