// A person with an account, made by clicking from the first page.
import { execFileSync } from "node:child_process";
import { expect } from "./app.js";

export const PASSWORD = "otter-eats-13-barley";

export const ENGLISH = {
  locale: "en-GB", account: "Account", map: "Map", join: "Sign up", user: "Username", email: "Email", password: "Password", hello: (name) => `Hi, ${name}`,
  board: "Board", recipes: "Recipes", chat: /^Chat/, chats: "Chat", write: "Write", title: "Title", post: "Post", talk: "Send a message", message: "Message",
  newBelow: /^1 new/, three: "3 new messages", anyNew: /new message/, read: "Read", send: "Send",
};
export const KOREAN = {
  locale: "ko-KR", account: "내 계정", map: "지도", join: "가입하기", user: "아이디", email: "이메일", password: "비밀번호", hello: (name) => `${name}님, 안녕하세요`,
  board: "게시판", recipes: "레시피", chat: /^채팅/, chats: "채팅", write: "글쓰기", title: "제목", post: "올리기", talk: "메시지 보내기", message: "메시지",
  newBelow: /^새 메시지 1개/, three: "새 메시지 3개", anyNew: /새 메시지/, read: "읽음", send: "보내기",
};

/** A name that no other test of this server has. */
export const unique = (name) => `${name}_${Math.random().toString(36).slice(2, 10)}`;

/** Goes to a main page by its tab. */
export const go = (page, name) => page.getByRole("navigation").getByRole("link", { name }).filter({ visible: true }).first().click();

/** Signs up, from the first page on. */
export async function join(page, name, words = ENGLISH) {
  await page.goto("/");
  await page.getByRole("banner").getByRole("link", { name: words.account }).filter({ visible: true }).click();
  await page.getByRole("radio", { name: words.join }).check();
  await page.getByLabel(words.user, { exact: true }).fill(name);
  await page.getByLabel(words.email).fill(`${name}@example.com`);
  await page.getByLabel(words.password).fill(PASSWORD);
  await page.getByRole("button", { name: words.join }).click();
  await expect(page.getByRole("heading", { level: 1, name: words.hello(name) })).toBeVisible();
}

/** Writes a post on the information board and opens it; `more` fills in what else it has. */
export async function post(page, title, more = async () => {}, words = ENGLISH) {
  await go(page, words.board);
  await page.getByRole("link", { name: words.write }).first().click();
  await page.getByLabel(words.title).fill(title);
  await more();
  await page.getByRole("button", { name: words.post, exact: true }).click();
  await page.getByRole("link", { name: title }).click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
}

/** Opens a chat with the author of a post, found on the board. */
export async function talkToAuthor(page, title, author, words = ENGLISH) {
  await go(page, words.board);
  await page.getByRole("link", { name: title }).click();
  await page.getByRole("link", { name: author, exact: true }).first().click();
  await page.getByRole("button", { name: words.talk, exact: true }).click();
  await expect(page.getByRole("textbox", { name: words.message })).toBeVisible();
}

/** Makes a person a moderator, as an operator does. */
export function makeModerator(handle) {
  const { HNH_SERVER_PROGRAM: program, HNH_DATA: data } = process.env;
  execFileSync(program, ["admin", "--data", data, "role", handle, "moderator"]);
}
