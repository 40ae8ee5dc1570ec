//! What clients sync: ordered logs, and the changes that people make.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::account::{AccountChange, FavouriteKind, Profile};
use crate::board::{Board, BoardChange, Comment, Post, ReactionCount};
use crate::chat::{ChatChange, Message, Room};
use crate::codes::serde_as_text;
use crate::contributions::ContributionChange;
use crate::cookbook::{CookbookChange, OwnRecipe};
use crate::meal_plan::{MealPlanChange, PlannedMeal};
use crate::problem::{FieldError, Problem};
use crate::shopping::{ShoppingChange, ShoppingItem, ShoppingList};
use crate::text::Lang;

/// An ordered log: each entry has the next number, and none is ever skipped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Feed {
    /// A board's posts and comments: `board:info`.
    Board(Board),
    /// What is one person's: profile, favourites, own recipes, plan, rooms, lists, notices: `person:ID`.
    Person(Uuid),
    /// A room's messages: `room:ID`.
    Room(Uuid),
    /// The lines of a shopping list: `list:ID`.
    List(Uuid),
}

impl fmt::Display for Feed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Board(board) => write!(f, "board:{board}"),
            Self::Person(id) => write!(f, "person:{id}"),
            Self::Room(id) => write!(f, "room:{id}"),
            Self::List(id) => write!(f, "list:{id}"),
        }
    }
}

impl FromStr for Feed {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let unknown = || "must be board:NAME, person:ID, room:ID or list:ID".to_owned();
        let (kind, name) = text.split_once(':').ok_or_else(unknown)?;
        let id = || name.parse().map_err(|_| unknown());
        match kind {
            "board" => name.parse().map(Self::Board),
            "person" => id().map(Self::Person),
            "room" => id().map(Self::Room),
            "list" => id().map(Self::List),
            _ => Err(unknown()),
        }
    }
}

serde_as_text!(Feed);

/// A part of a feed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FeedPage {
    /// What happened, the oldest first. An item that changed again later in the log comes once, as it is now,
    /// under its last number in this part.
    pub entries: Vec<Entry>,
    /// Where to go on: everything up to this number is in this part or before it.
    pub next: i64,
    /// The newest number.
    pub head: i64,
    /// Which log the numbers are of: a device that knows another one begins the feed anew.
    pub epoch: Uuid,
    /// The number asked for lies too far back: a device forgets what it has of the feed and begins with this part.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub anew: bool,
}

/// One entry of a feed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Entry {
    /// Its number in the feed.
    pub number: i64,
    /// What it is about.
    pub id: Uuid,
    /// The item as the asking person sees it now; absent where it is deleted or hidden from them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<Item>,
}

/// What feeds carry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, strum::EnumDiscriminants)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
#[strum_discriminants(
    name(ItemKind),
    derive(PartialOrd, Ord, strum::IntoStaticStr, strum::EnumString),
    strum(serialize_all = "snake_case")
)]
pub enum Item {
    /// A post of a board.
    Post(Box<Post>),
    /// What others gave to a post, where its text is as it was.
    PostCounts(PostCounts),
    /// A comment on one.
    Comment(Comment),
    /// A message of a room.
    Message(Message),
    /// A room one is in.
    Room(Room),
    /// One's own profile.
    Profile(Box<Profile>),
    /// A favourite.
    Favourite(Favourite),
    /// An own recipe.
    OwnRecipe(Box<OwnRecipe>),
    /// A meal of one's plan.
    PlannedMeal(PlannedMeal),
    /// A shopping list one shares.
    ShoppingList(ShoppingList),
    /// A line of one.
    ShoppingItem(ShoppingItem),
    /// Something to know: an answer, a mention, a reminder.
    Notice(Notice),
    /// Whether one sees what a person writes; the entry's id is the person's.
    Visibility(Visibility),
}

impl ItemKind {
    /// The kind as items, entries and the device's database spell it.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.into()
    }
}

/// What changes about a post more often than its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PostCounts {
    /// How many comments there are.
    pub comments: u32,
    /// Reactions that were given at least once.
    pub reactions: Vec<ReactionCount>,
}

/// A block between two people began or ended: whatever a device has of that person goes, or is read again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Visibility {
    /// Whether neither of the two blocked the other.
    pub visible: bool,
}

/// A favourite place or recipe.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Favourite {
    /// What it is.
    #[serde(rename = "what")]
    pub kind: FavouriteKind,
    /// Its id in the catalogue.
    pub of: Uuid,
    /// Since when, ms UTC.
    pub kept_ms: i64,
}

/// Something to know.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Notice {
    /// Its id.
    pub id: Uuid,
    /// What happened.
    pub what: NoticeKind,
    /// Who did it, where somebody did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<crate::account::Person>,
    /// The post it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post: Option<Uuid>,
    /// The room it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room: Option<Uuid>,
    /// The post's title, or the first words of what was written.
    pub words: String,
    /// When, ms UTC.
    pub at_ms: i64,
    /// Whether it was seen on some device.
    pub seen: bool,
}

impl Notice {
    /// The address of what it tells of, within the app.
    #[must_use]
    pub fn page(&self) -> String {
        match (self.post, self.room) {
            (Some(post), _) => format!("/post/{post}"),
            (None, Some(room)) => format!("/chat/{room}"),
            (None, None) => "/account".into(),
        }
    }

    /// Who did what, in a few words.
    #[must_use]
    pub fn headline(&self, lang: Lang) -> String {
        let by = self.by.as_ref().map_or("HnH", |person| &person.name);
        format!("{by}: {}", self.what.name(lang))
    }
}

crate::codes::coded! {
    /// What a notice tells.
    pub enum NoticeKind ("notice") {
        Comment = "comment", "댓글이 달렸어요", "commented on your post";
        Mention = "mention", "나를 언급했어요", "mentioned you";
        Asked = "asked", "자리를 신청했어요", "asks to join";
        Accepted = "accepted", "자리가 확정됐어요", "accepted you";
        Declined = "declined", "이번에는 함께하지 못해요", "could not seat you this time";
        MovedUp = "moved_up", "대기에서 자리로 올라왔어요", "you moved up from the waiting list";
        Left = "left", "자리를 비웠어요", "gave up the seat";
        Cancelled = "cancelled", "모임이 취소됐어요", "the meal was cancelled";
        Changed = "changed", "모임의 때나 곳이 바뀌었어요", "when or where changed";
        Reminder = "reminder", "곧 모임이에요", "the meal is soon";
        Reference = "reference", "후기를 남겼어요", "wrote about a meal with you";
        CheckIn = "check_in", "잘 들어갔는지 알려 주세요", "let your friend know that you’re home";
        NotBack = "not_back", "모임 뒤에 잘 들어갔다고 알리지 않았어요. 연락해 보세요", "hasn’t checked in after a meal: please get in touch";
        Moderated = "moderated", "운영자가 글을 가렸어요", "a moderator hid what you wrote";
    }
}

/// Any change a person makes, on the network or away from it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Of one's own things.
    Account(AccountChange),
    /// On the boards.
    Board(BoardChange),
    /// In the rooms.
    Chat(ChatChange),
    /// To the places of the catalogue.
    Contribution(ContributionChange),
    /// Of one's own recipes.
    Cookbook(CookbookChange),
    /// Of what one means to eat.
    MealPlan(MealPlanChange),
    /// Of shopping lists.
    Shopping(ShoppingChange),
}

impl Change {
    /// Makes the change fit to be stored and made: on the device when a person makes it, so that they learn at once what is
    /// wrong, and on the server when it arrives, which trusts nobody.
    ///
    /// # Errors
    /// Names the first field that is wrong.
    pub fn checked(self) -> Result<Self, FieldError> {
        Ok(match self {
            Self::Account(change) => Self::Account(change.checked()?),
            Self::Board(change) => Self::Board(change.checked()?),
            Self::Chat(change) => Self::Chat(change.checked()?),
            Self::Contribution(change) => Self::Contribution(change.checked()?),
            Self::Cookbook(change) => Self::Cookbook(change.checked()?),
            Self::MealPlan(change) => Self::MealPlan(change.checked()?),
            Self::Shopping(change) => Self::Shopping(change.checked()?),
        })
    }
}

impl From<AccountChange> for Change {
    fn from(change: AccountChange) -> Self {
        Self::Account(change)
    }
}

impl From<BoardChange> for Change {
    fn from(change: BoardChange) -> Self {
        Self::Board(change)
    }
}

impl From<ChatChange> for Change {
    fn from(change: ChatChange) -> Self {
        Self::Chat(change)
    }
}

impl From<ContributionChange> for Change {
    fn from(change: ContributionChange) -> Self {
        Self::Contribution(change)
    }
}

impl From<CookbookChange> for Change {
    fn from(change: CookbookChange) -> Self {
        Self::Cookbook(change)
    }
}

impl From<MealPlanChange> for Change {
    fn from(change: MealPlanChange) -> Self {
        Self::MealPlan(change)
    }
}

impl From<ShoppingChange> for Change {
    fn from(change: ShoppingChange) -> Self {
        Self::Shopping(change)
    }
}

/// A change and its number among those of one client.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Mutation {
    /// 1 for a client's first, then one more each.
    #[cfg_attr(feature = "openapi", schema(minimum = 1))]
    pub number: i64,
    /// What to do.
    pub change: Change,
}

/// The changes a client has waiting, in their order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Push {
    /// The client's id: one copy of the app, signed in once.
    pub client: Uuid,
    /// At most [`MAX_PUSH`], without a gap.
    pub mutations: Vec<Mutation>,
}

/// The most mutations in one push.
pub const MAX_PUSH: usize = 100;

/// What became of the mutations, each in its turn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Pushed {
    /// One for each mutation; a repeat has the answer of the first time.
    pub results: Vec<MutationResult>,
    /// Which log has them, as [`FeedPage::epoch`]; older servers do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub epoch: Option<Uuid>,
}

/// What became of one mutation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MutationResult {
    /// Its number.
    pub number: i64,
    /// Why it was refused for good; absent where it was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<Problem>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cookbook::BookRecipe;

    #[test]
    fn an_item_spells_its_kind_as_its_code() {
        let favourite = Favourite { kind: FavouriteKind::Place, of: Uuid::nil(), kept_ms: 0 };
        let recipe =
            OwnRecipe { id: Uuid::nil(), recipe: BookRecipe::default(), version: 0, changed_ms: 0, shared: false };
        for item in [Item::Favourite(favourite), Item::OwnRecipe(Box::new(recipe))] {
            let kind = ItemKind::from(&item);
            assert_eq!(serde_json::to_value(&item).unwrap()["kind"], kind.code());
            assert_eq!(kind.code().parse(), Ok(kind));
        }
    }

    #[test]
    fn feeds_are_named() {
        let id = Uuid::from_u128(7);
        for feed in [Feed::Board(Board::Info), Feed::Person(id), Feed::Room(id), Feed::List(id)] {
            assert_eq!(feed.to_string().parse(), Ok(feed));
        }
        for wrong in ["", "board", "board:x", "room:7", "friend:00000000-0000-0000-0000-000000000007"] {
            assert!(wrong.parse::<Feed>().is_err(), "{wrong}");
        }
    }
}
