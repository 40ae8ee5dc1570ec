// Other programs: a client that was made from the API's description, which checks each reply by it.
import { createClient } from "@hey-api/openapi-ts";
import path from "node:path";
import { ALEXANDERPLATZ, expect, test } from "./app.js";

const NEAR = { lat: ALEXANDERPLATZ.latitude, lon: ALEXANDERPLATZ.longitude, radius_m: 5_000 };

test.skip(({ isMobile }) => isMobile, "it has no page");

/** The client's calls, which throw where a request or a reply is not as described. */
async function generated(baseURL, folder) {
  await createClient({
    input: `${baseURL}/api/v1/openapi.json`,
    output: folder,
    logs: { level: "silent" },
    plugins: ["@hey-api/client-fetch", "zod", { name: "@hey-api/sdk", validator: true }],
  });
  const [api, { client }] = await Promise.all(["sdk.gen.ts", "client.gen.ts"].map((name) => import(path.join(folder, name))));
  client.setConfig({ baseUrl: baseURL, throwOnError: true });
  return { api, client };
}

test("a client made from the description finds places, recipes, foods and areas", async ({ baseURL }, info) => {
  const { api } = await generated(baseURL, info.outputPath("client"));
  const places = await api.searchRestaurants({ query: { ...NEAR, diet: ["vegan", "vegetarian"], limit: 3 } });
  expect(places.data.items).toHaveLength(3);
  const place = await api.getRestaurant({ path: { id: places.data.items[0].place.id } });
  expect(place.data.place.id).toBe(places.data.items[0].place.id);
  const recipes = await api.searchRecipes({ query: { kcal: "..500", diet: ["vegan"], facets: true } });
  const recipe = await api.getRecipe({ path: { id: recipes.data.items[0].id } });
  expect(recipe.data.diets.vegan.state).toBe("free");
  const foods = await api.searchFoods({ query: { q: "두부" } });
  expect((await api.getFood({ path: { id: foods.data.items[0].id } })).data.nutrients).toHaveProperty("protein");
  expect((await api.searchAreas({ query: { q: "강남구" } })).data.length).toBeGreaterThan(0);
  const refused = await api.searchRestaurants({ query: { radius_m: 100 }, throwOnError: false });
  expect(refused.error.code).toBe("invalid-input");
  expect(refused.error.errors[0].field).toBe("radius_m");
});

test("a client made from the description signs up, writes and reads", async ({ baseURL }, info) => {
  const { api, client } = await generated(baseURL, info.outputPath("client"));
  const handle = `api_${Date.now().toString(36)}`;
  const body = { handle, email: `${handle}@example.com`, password: "heron-sips-7-radish", token: true, device: "a test" };
  const { data: session } = await api.signUp({ body });
  client.setConfig({ headers: { authorization: `Bearer ${session.token}` } });
  const post = crypto.randomUUID();
  const draft = { title: "강남 비빔밥", body: "채소가 *많아요*" };
  const change = { board: { write_post: { id: post, board: "info", draft, version: 0 } } };
  const pushed = await api.pushChanges({ body: { client: crypto.randomUUID(), mutations: [{ number: 1, change }] } });
  expect(pushed.data.results).toEqual([{ number: 1 }]);
  expect((await api.getPost({ path: { id: post } })).data.post.html).toContain("<em>많아요</em>");
  const written = await api.listPosts({ query: { author: session.account.id } });
  expect(written.data.items.map((item) => item.id)).toEqual([post]);
  expect((await api.pullFeed({ path: { feed: "board:info" } })).data.entries.length).toBeGreaterThan(0);
  expect((await api.getAccount()).data.handle).toBe(handle);
  await api.signOut();
  expect((await api.getAccount({ throwOnError: false })).response.status).toBe(401);
});
