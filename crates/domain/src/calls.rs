//! Every call the interface can make.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::account::{
    Account, AskReset, ChangePassword, CloseAccount, FavouriteKind, Person, Profile, PushDevice, PushKey,
    ResetPassword, Session, SignInForm, SignUpForm, VerifyEmail,
};
use crate::board::{Attachment, LogEntry, PostDetails, PostQuery, Posts, Report, Revision, Suggestion};
use crate::chat::{Message, MessageQuery, Room};
use crate::contributions::Contributions;
use crate::cookbook::{BookRecipe, ImportAddress, Imported, OwnRecipe};
use crate::feeds::{Change, Notice};
use crate::foods::{Food, FoodCard, FoodQuery};
use crate::geo::LatLon;
use crate::local_time::LocalDate;
use crate::meal_plan::PlannedMeal;
use crate::page::Page;
use crate::places::{
    AreaSize, CellQuery, Cells, OfflineArea, PlaceDetails, PlaceHit, PlaceQuery, PlaceSuggestion, SuggestionQuery,
};
use crate::port::{Json, calls};
use crate::problem::Problem;
use crate::recipes::{Recipe, RecipeQuery, RecipeResults};
use crate::shopping::{ShoppingItem, ShoppingList};
use crate::source::Source;
use crate::text::Text;

calls! {
    /// Places that match.
    SearchPlaces { query: PlaceQuery } -> Page<PlaceHit>;
    /// Places counted by map cell.
    CountPlaces { query: CellQuery } -> Cells;
    /// What one may mean who types a search for places, the likeliest first; nothing offline.
    SuggestPlaces { query: SuggestionQuery } -> Vec<PlaceSuggestion>;
    /// One place; from the device when the server cannot be reached and it was seen or kept.
    GetPlace { id: Uuid } -> Stored<PlaceDetails>;
    /// What members say of a place; without a network as it was last read.
    GetContributions { place: Uuid } -> Contributions;
    /// Recipes that match.
    SearchRecipes { query: RecipeQuery } -> RecipeResults;
    /// One's own recipes, those last changed first, from the device.
    ListOwnRecipes {} -> Vec<OwnRecipe>;
    /// One of them.
    GetOwnRecipe { id: Uuid } -> OwnRecipe;
    /// A recipe that somebody shares by link.
    GetSharedRecipe { id: Uuid } -> BookRecipe;
    /// Has the server read the recipe of a page.
    ImportRecipePage { form: ImportAddress } -> Imported;
    /// Has the server read the recipes of a text that a person pasted.
    ImportRecipeText { text: String } -> Imported;
    /// Has the server read the recipes of a file: its name, and its bytes in Base64, at most 10 MB of them.
    ImportRecipeFile { name: String, data: String } -> Imported;
    /// The meals planned from a day on up to another, both included, from the device.
    ListMeals { from: LocalDate, to: LocalDate } -> Vec<PlannedMeal>;
    /// One's shopping lists, from the device.
    ListShopping {} -> Vec<ShoppingList>;
    /// The lines of a list in the order in which they came, from the device.
    ReadShopping { list: Uuid } -> Vec<ShoppingItem>;
    /// One recipe, of the catalogue or one's own; from the device when it is a favourite or was seen last.
    GetRecipe { id: Uuid } -> Stored<Recipe>;
    /// Foods that match.
    SearchFoods { query: FoodQuery } -> Page<FoodCard>;
    /// One food.
    GetFood { id: Uuid } -> Stored<Food>;
    /// Districts and neighbourhoods by name, to stand in for the device's position.
    FindAreas { q: String } -> Vec<Area>;
    /// How much an area would take, by the server.
    MeasureArea { position: LatLon, radius_m: u32 } -> AreaSize;
    /// Keeps the places around a point on the device; they come in the background.
    KeepArea { name: Option<Text>, position: LatLon, radius_m: u32 } -> OfflineArea;
    /// Stops fetching an area for now, or goes on.
    PauseArea { id: Uuid, on: bool } -> ();
    /// Removes an area from the device.
    RemoveArea { id: Uuid } -> ();
    /// The areas that are kept, the newest first.
    ListAreas {} -> Vec<OfflineArea>;
    /// What the catalogue holds and where it comes from.
    GetCatalogue {} -> CatalogueInfo;
    /// Makes a recipe or place a favourite, or no longer one; answers whether it is one now.
    SetFavourite { kind: FavouriteKind, id: Uuid, on: bool } -> bool;
    /// The favourite recipes and places, the newest first.
    ListFavourites {} -> Favourites;
    /// Who is signed in here, if anybody.
    GetAccount {} -> Option<Account>;
    /// Makes an account and signs in.
    SignUp { form: SignUpForm } -> Account;
    /// Sets another password; all other sessions end.
    SetPassword { form: ChangePassword } -> ();
    /// The devices that are signed in, the last heard of first.
    ListSessions {} -> Vec<Session>;
    /// Signs another device out.
    EndSession { id: Uuid } -> ();
    /// Has the mail to prove one's address sent again.
    SendVerification {} -> ();
    /// Proves an address by a mailed token.
    ProveEmail { form: VerifyEmail } -> ();
    /// Asks for a mail to set a new password.
    AskForReset { form: AskReset } -> ();
    /// Sets a new password by a mailed token.
    SetNewPassword { form: ResetPassword } -> ();
    /// Deletes the account, and all of it on this device.
    CloseMyAccount { form: CloseAccount } -> ();
    /// Signs in.
    SignIn { form: SignInForm } -> Account;
    /// Signs out and removes the device's copy; `everywhere` ends the sessions of all devices. What waits is sent first; what
    /// cannot be sent stands in the way (`ChangesWaiting`) unless the person would `discard` it.
    SignOut { everywhere: bool, discard: bool } -> ();
    /// A person's profile: one's own whole, others' as shared.
    GetProfile { handle: String } -> Profile;
    /// Whom one blocked, the last first.
    ListBlocked {} -> Vec<Person>;
    /// What was reported and is not decided, for moderators.
    ListReports {} -> Vec<Report>;
    /// What moderators decided, the newest first.
    ListDecisions {} -> Vec<LogEntry>;
    /// Makes a change: at once on the device, on the server as soon as it can be reached.
    Submit { change: Json<Change> } -> ();
    /// Keeps a photo on the device until the server has it: `data` is the file in Base64, at most 10 MB of it. The changes
    /// that name its id wait for it.
    AddPhoto { id: Uuid, data: String } -> ();
    /// A photo in Base64 that the server does not have yet.
    GetPhoto { id: Uuid } -> Option<String>;
    /// The changes that are not on the server yet, and those that were refused.
    ListPending {} -> Vec<Pending>;
    /// Sends a refused or old change again, as it is or rewritten.
    SendAgain { number: i64, change: Json<Change> } -> ();
    /// Gives a refused or old change up.
    Discard { number: i64 } -> ();
    /// How the device stands with the server.
    GetSync {} -> SyncState;
    /// Posts of a board; without a network those the device has.
    ListPosts { query: PostQuery } -> Posts;
    /// A post with its comments; without a network as the device has it.
    GetPost { id: Uuid } -> PostDetails;
    /// What a post said before, the newest first.
    GetHistory { id: Uuid } -> Vec<Revision>;
    /// People one may like to eat with.
    SuggestPeople {} -> Vec<Suggestion>;
    /// Notices, the newest first, from the device.
    ListNotices {} -> Vec<Notice>;
    /// The rooms one is in, those with the newest messages first, from the device.
    ListRooms {} -> Vec<RoomRow>;
    /// How many messages of others are not read, in the rooms that tell of new ones; from the device.
    CountUnread {} -> u32;
    /// A room with its newest messages and those that wait, from the device.
    ReadRoom { id: Uuid } -> Conversation;
    /// Messages before a number, the oldest first.
    OlderMessages { room: Uuid, before: i64 } -> Vec<Message>;
    /// The newest messages with some words, of all rooms; without a network those that the device has.
    SearchMessages { query: MessageQuery } -> Vec<Message>;
    /// Lets the others in a room know that one is typing.
    Type { room: Uuid } -> ();
    /// The key to ask the browser's push service with, if the server sends notifications.
    GetPushKey {} -> PushKey;
    /// Has the server send notifications to this browser, or none any more.
    SetPushDevice { device: Option<PushDevice> } -> ();
    /// What the device remembers for the interface under a key, as JSON text.
    GetSetting { key: String } -> Option<String>;
    /// Remembers a JSON text under a key; without a value it is forgotten.
    SetSetting { key: String, value: Option<String> } -> ();
}

/// A record of the catalogue as the device holds it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stored<T> {
    /// The record.
    pub record: T,
    /// Whether it is a favourite.
    pub favourite: bool,
    /// Whether it comes from the device because the server could not be reached.
    pub offline: bool,
}

/// A change that is not on the server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pending {
    /// Its number among this device's changes.
    pub number: i64,
    /// The change.
    pub change: Json<Change>,
    /// When it was made, ms UTC by the device's clock.
    pub made_ms: i64,
    /// Why it does not go by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blocked: Option<Blocked>,
}

/// Why a change waits for the person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Blocked {
    /// The server refused it for good.
    Refused(Problem),
    /// It is older than a day: is it still meant?
    Old,
}

/// A room in the list of rooms.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RoomRow {
    /// The room.
    pub room: Room,
    /// Its newest message.
    #[serde(default)]
    pub last: Option<Message>,
    /// Messages of others that were not read.
    pub unread: u32,
}

/// What is said in a room.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Conversation {
    /// The room.
    pub room: Room,
    /// The messages that the device has, the oldest first.
    pub messages: Vec<Message>,
    /// One's own that are not on the server yet.
    pub waiting: Vec<WaitingMessage>,
    /// Who has a device connected.
    pub here: Vec<Uuid>,
    /// Who types.
    pub typing: Vec<Uuid>,
}

/// A message that is not on the server yet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WaitingMessage {
    /// Its id.
    pub id: Uuid,
    /// The number of the change that sends it, see [`Pending::number`].
    pub number: i64,
    /// The words.
    pub text: String,
    /// A photo's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub photo: Option<Uuid>,
    /// A place or recipe.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<Attachment>,
    /// Why it does not go by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blocked: Option<Blocked>,
}

/// How the device stands with the server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncState {
    /// Whether somebody is signed in.
    pub signed_in: bool,
    /// Whether the server answered last time.
    pub online: bool,
    /// Whether the session ended elsewhere: all stays here, and goes on once the person signs in again.
    #[serde(default)]
    pub session_over: bool,
    /// Whether what is stored here outlives the program.
    #[serde(default)]
    pub keeps: bool,
    /// Changes that wait to be sent.
    pub waiting: u32,
    /// Changes that wait for the person: refused or old.
    pub blocked: u32,
    /// Notices not seen.
    pub notices: u32,
}

/// The favourites.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Favourites {
    /// Recipes.
    #[serde(deserialize_with = "readable")]
    pub recipes: Vec<Recipe>,
    /// Places.
    #[serde(deserialize_with = "readable")]
    pub places: Vec<PlaceDetails>,
}

/// The records that this program understands: one that a newer program wrote is left out, not lost.
fn readable<'de, D: Deserializer<'de>, R: DeserializeOwned>(deserializer: D) -> Result<Vec<R>, D::Error> {
    let records = Vec::<Box<RawValue>>::deserialize(deserializer)?;
    Ok(records.iter().filter_map(|record| serde_json::from_str(record.get()).ok()).collect())
}

/// A named area with its centre.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Area {
    /// The area's name, whole: "서울특별시 중구 태평로1가".
    pub name: Text,
    /// Its centre.
    pub position: LatLon,
}

/// What the catalogue holds.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CatalogueInfo {
    /// The version being served.
    pub version: String,
    /// Number of places.
    pub places: u64,
    /// Number of recipes.
    pub recipes: u64,
    /// Number of foods.
    pub foods: u64,
    /// The sources with their credit lines.
    pub sources: Vec<SourceCredit>,
    /// Where a map's tiles come from, if the operator configured it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tiles: Option<TileSource>,
}

/// A basemap from outside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TileSource {
    /// XYZ template (`{z}/{x}/{y}`), or the address of a TileJSON or of a `.pmtiles` file.
    pub url: String,
    /// The words its licence asks to be shown on the map; HTML, as the operator set it.
    pub attribution: String,
}

/// A source's credit line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SourceCredit {
    /// The source.
    pub source: Source,
    /// Records from it.
    pub records: u64,
    /// Its licence.
    pub licence: String,
    /// The words to show.
    pub attribution: String,
    /// Where it lives.
    pub url: String,
}
