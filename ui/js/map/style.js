// The style of the map: outlines, streets, stations, and our places on top of all.
import { empty } from "./outlines.js";
import { streetLayers } from "./streets.js";

export const FONT = ["Pretendard Variable", "Noto Sans CJK KR", "sans-serif"];

/** The layers that are the ground where there are no street tiles of the world. */
export const OUTLINES = ["land", "borders", "korea-sea"];

export function style(streets, c, { english }) {
  const label = { "text-font": FONT, "text-size": 12 };
  const halo = { "text-color": c.text, "text-halo-color": c.surface, "text-halo-width": 1.6 };
  const bubble = { "circle-color": c.leaf, "circle-stroke-color": c.surface, "circle-stroke-width": 2.5 };
  const count = (id, source, field) => ({
    id, type: "symbol", source,
    layout: { "text-field": ["to-string", ["get", field]], "text-font": FONT, "text-size": 13, "text-allow-overlap": true },
    paint: { "text-color": c["on-leaf"] },
  });
  const radius = (field) => ["interpolate", ["linear"], ["log10", ["get", field]], 0, 13, 1, 17, 2, 22, 4, 34];
  const { surfaces, labels } = streetLayers(streets, c, { english, font: FONT });
  return {
    version: 8,
    sources: {
      land: { type: "geojson", data: empty(), attribution: "Natural Earth · NGII" },
      borders: { type: "geojson", data: empty() },
      "korea-sea": { type: "geojson", data: empty() },
      districts: { type: "geojson", data: empty() },
      names: { type: "geojson", data: empty() },
      stations: { type: "geojson", data: empty(), attribution: "서울 열린데이터광장" },
      cells: { type: "geojson", data: empty() },
      places: { type: "geojson", data: empty(), cluster: true, clusterRadius: 34, clusterMaxZoom: 16, attribution: "© OpenStreetMap contributors" },
      chosen: { type: "geojson", data: empty() },
      ...streets,
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": c["map-sea"] } },
      { id: "land", type: "fill", source: "land", paint: { "fill-color": c["map-land"] } },
      { id: "borders", type: "line", source: "borders", paint: { "line-color": c["map-border"] } },
      { id: "korea-sea", type: "fill", source: "korea-sea", minzoom: 6, paint: { "fill-color": c["map-sea"] } },
      ...surfaces,
      { id: "districts", type: "line", source: "districts", minzoom: 5.5, maxzoom: 15, paint: { "line-color": c["map-border"], "line-opacity": 0.7 } },
      ...labels,
      { id: "names", type: "symbol", source: "names", minzoom: 7.5, maxzoom: 13, layout: { "text-field": ["get", "name"], ...label }, paint: { ...halo, "text-color": c["map-label"] } },
      {
        id: "stations", type: "circle", source: "stations", minzoom: 11.5,
        paint: {
          "circle-radius": ["interpolate", ["linear"], ["zoom"], 12, 2.5, 16, 5], "circle-color": c.surface,
          "circle-stroke-color": ["get", "colour"], "circle-stroke-width": 2,
        },
      },
      {
        id: "station-names", type: "symbol", source: "stations", minzoom: 13,
        layout: { "text-field": ["get", "name"], ...label, "text-anchor": "left", "text-offset": [0.7, 0], "text-optional": true },
        paint: { ...halo, "text-color": c["map-label"] },
      },
      { id: "cells", type: "circle", source: "cells", paint: { ...bubble, "circle-radius": radius("count") } },
      count("cell-counts", "cells", "text"),
      { id: "clusters", type: "circle", source: "places", filter: ["has", "point_count"], paint: { ...bubble, "circle-radius": radius("point_count") } },
      count("cluster-counts", "places", "point_count_abbreviated"),
      { id: "places", type: "circle", source: "places", filter: ["!", ["has", "point_count"]], paint: { ...bubble, "circle-radius": 9 } },
      { id: "chosen", type: "circle", source: "chosen", paint: { ...bubble, "circle-radius": 13, "circle-stroke-color": c.honey, "circle-stroke-width": 4 } },
      {
        id: "place-names", type: "symbol", source: "places", filter: ["!", ["has", "point_count"]], minzoom: 13,
        layout: { "text-field": ["get", "name"], ...label, "text-anchor": "top", "text-offset": [0, 0.9], "text-max-width": 9, "text-optional": true },
        paint: halo,
      },
      {
        id: "chosen-name", type: "symbol", source: "chosen",
        layout: { "text-field": ["get", "name"], ...label, "text-size": 13, "text-anchor": "top", "text-offset": [0, 1.2], "text-max-width": 9, "text-allow-overlap": true },
        paint: halo,
      },
    ],
  };
}
