//! Writing a post, or an invitation to a meal, and rewriting one's own.

use dioxus::prelude::*;
use hnh_domain::account::FavouriteKind;
use hnh_domain::board::{Attachment, Board, BoardChange, Post, PostDraft, PostPhoto, PostQuery};
use hnh_domain::calls::{GetPlace, GetPost, GetRecipe};
use hnh_domain::problem::{FieldCode, Problem};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::gathering_form::{GatheringFields, GatheringForm};
use super::write_words;
use crate::account::{SignInLink, use_me};
use crate::browser::{self, now_ms};
use crate::changes::{make, new_id};
use crate::core::call;
use crate::i18n::{said, t};
use crate::kit::{
    Button, ButtonKind, EmptyState, ErrorState, Glyph, Icon, Page, SkeletonShape, SubmitButton, TextArea, TextField,
    loaded_page,
};
use crate::photos::PhotoPicker;
use crate::refusals;
use crate::routes::{InUrl, Route, SharedText};

/// The editor for something new.
#[component]
pub(crate) fn WritePage(board: Board, shared: SharedText) -> Element {
    let me = use_me();
    let signed_in = me.read().as_ref().map(Option::is_some);
    rsx! {
        match signed_in {
            None => rsx! {},
            Some(false) => rsx! {
                Page { title: write_words(board), class: "page-narrow", back: Route::board().address(),
                    EmptyState { icon: Icon::User, title: t!("error-sign-in"), text: t!("account-why"), SignInLink {} }
                }
            },
            Some(true) => {
                let kept = Typed::kept(board).filter(|_| shared.is_empty());
                let restored = kept.is_some();
                rsx! { Editor { board, start: kept.unwrap_or_else(|| Typed::shared(board, &shared)), restored } }
            }
        }
    }
}

/// The editor for one's own post.
#[component]
pub(crate) fn EditPage(id: ReadSignal<Uuid>) -> Element {
    let found = use_resource(move || call(GetPost { id: id() }));
    loaded_page(found, (SkeletonShape::Details, 1), t!("post-edit"), rsx! {}, |details| {
        let post = &details.post;
        rsx! { Editor { board: post.board, start: Typed::of(post), old: Some((post.id, post.version)) } }
    })
}

/// What was typed.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Typed {
    title: String,
    body: String,
    tags: String,
    photos: Vec<PostPhoto>,
    gathering: GatheringFields,
    attached: Option<Attachment>,
}

impl Typed {
    fn key(board: Board) -> String {
        format!("hnh.draft.{board}")
    }

    /// What was typed before and not sent.
    fn kept(board: Board) -> Option<Self> {
        let kept: Self = serde_json::from_str(&browser::remembered(&Self::key(board))?).ok()?;
        Some(kept).filter(|kept| *kept != Self::default())
    }

    fn keep(&self, board: Board) {
        if let Ok(json) = serde_json::to_string(self) {
            browser::remember(&Self::key(board), &json);
        }
    }

    /// What another app shared, or a place or a recipe was opened for.
    fn shared(board: Board, shared: &SharedText) -> Self {
        let place: Option<Uuid> = shared.place.parse().ok();
        let recipe: Option<Uuid> = shared.recipe.parse().ok();
        let of = |kind| move |id| Attachment { kind, id };
        let place_on_card = place.filter(|_| board == Board::Info).map(of(FavouriteKind::Place));
        Self {
            title: shared.title.clone(),
            body: shared.body(),
            gathering: GatheringFields::at(place),
            attached: recipe.map(of(FavouriteKind::Recipe)).or(place_on_card),
            ..Self::default()
        }
    }

    fn of(post: &Post) -> Self {
        Self {
            title: post.draft.title.clone(),
            body: post.draft.body.clone(),
            tags: post.draft.tags.join(", "),
            photos: post.draft.photos.clone(),
            gathering: post.draft.gathering.as_ref().map(GatheringFields::from).unwrap_or_default(),
            attached: post.draft.attached,
        }
    }
}

#[component]
fn Editor(
    board: Board,
    start: Typed,
    /// The post that is rewritten, and its version.
    #[props(default)]
    old: Option<(Uuid, i64)>,
    /// Whether it begins with what was typed before.
    #[props(default)]
    restored: bool,
) -> Element {
    let navigator = use_navigator();
    let first = start.clone();
    let mut title = use_signal(|| first.title.clone());
    let mut body = use_signal(|| first.body.clone());
    let mut tags = use_signal(|| first.tags.clone());
    let mut photos = use_signal(|| first.photos.clone());
    let mut gathering = use_signal(|| first.gathering.clone());
    let mut attached = use_signal(|| first.attached);
    let mut restored = use_signal(|| restored);
    let mut problem = use_signal(|| None::<Problem>);
    let typed = move || Typed {
        title: title(),
        body: body(),
        tags: tags(),
        photos: photos(),
        gathering: gathering(),
        attached: attached(),
    };
    // Who leaves and comes back finds it again; what is rewritten has the old text to go back to.
    use_effect(move || {
        let now = typed();
        if old.is_none() && (now != start || *restored.peek()) {
            now.keep(board);
        }
    });
    let wrong = move |field: &str| {
        let problem = problem();
        let error = problem.as_ref()?.errors.iter().find(|error| error.field == field)?;
        Some(match (field, error.code) {
            ("title", FieldCode::Empty | FieldCode::TooLong) => t!("write-title-wrong"),
            ("tags", _) => t!("write-tags-wrong"),
            ("starts_ms", _) => t!("write-when-missing"),
            ("venue", FieldCode::Missing) => t!("write-venue-missing"),
            _ => refusals::field(error),
        })
    };
    let send = move |event: FormEvent| {
        event.prevent_default();
        spawn(async move {
            let draft = (|| {
                let split =
                    tags.peek().split([',', ' ', '#']).filter(|tag| !tag.is_empty()).map(str::to_owned).collect();
                let gathering = (board != Board::Info).then(|| gathering.peek().read()).transpose()?;
                let draft = PostDraft {
                    title: title.peek().trim().to_owned(),
                    body: body.peek().clone(),
                    tags: split,
                    gathering,
                    attached: *attached.peek(),
                    photos: photos.peek().clone(),
                };
                if let Some(gathering) = &draft.gathering {
                    gathering.check_ahead(now_ms() as i64)?;
                }
                draft.checked(board)
            })();
            let (id, version) = old.unwrap_or_else(|| (new_id(), 0));
            let outcome = match draft {
                Ok(draft) => make(BoardChange::WritePost { id, board, draft: Box::new(draft), version }).await,
                Err(error) => Err(error.into()),
            };
            match outcome {
                Ok(()) if old.is_some() => {
                    navigator.replace(Route::PostPage { id }.address());
                }
                Ok(()) => {
                    Typed::default().keep(board);
                    let query = InUrl(PostQuery { board: Some(board), ..PostQuery::default() });
                    navigator.replace(Route::BoardPage { query }.address());
                }
                Err(refused) => problem.set(Some(refused)),
            }
        });
    };
    let throw_away = move |_| {
        let empty = Typed::default();
        empty.keep(board);
        title.set(empty.title);
        body.set(empty.body);
        tags.set(empty.tags);
        photos.set(empty.photos);
        gathering.set(empty.gathering);
        attached.set(empty.attached);
        restored.set(false);
    };
    let others = problem().filter(|problem| problem.errors.is_empty());
    let (heading, back) = match old {
        Some((id, _)) => (t!("post-edit"), Route::PostPage { id }),
        None => (write_words(board), Route::board()),
    };
    rsx! {
        Page { title: heading, class: "page-narrow", back: back.address(),
            if restored() {
                p { class: "note", role: "status",
                    Glyph { icon: Icon::Clock, size: 16 }
                    {t!("write-restored")}
                    Button { kind: ButtonKind::Quiet, onclick: throw_away, {t!("write-throw-away")} }
                }
            }
            form { class: "form form-wide", onsubmit: send,
                div {
                    TextField {
                        label: t!("write-title"),
                        value: title(),
                        error: wrong("title"),
                        oninput: move |text| title.set(text),
                    }
                }
                if board != Board::Info {
                    GatheringForm { board, gathering, when: wrong("starts_ms"), venue: wrong("venue") }
                }
                div {
                    TextArea {
                        label: t!("write-body"),
                        value: body(),
                        rows: 8,
                        hint: t!("write-body-hint"),
                        error: wrong("body"),
                        oninput: move |text| body.set(text),
                    }
                }
                PhotoPicker { photos, error: wrong("photos") }
                if let Some(card) = attached() {
                    Attached { card, onremove: move |()| attached.set(None) }
                }
                div {
                    TextField {
                        label: t!("write-tags"),
                        value: tags(),
                        error: wrong("tags"),
                        oninput: move |text| tags.set(text),
                    }
                }
                if let Some(problem) = others {
                    ErrorState { problem }
                }
                div { class: "form-ways",
                    SubmitButton { if old.is_some() { {t!("form-save")} } else { {t!("write-send")} } }
                }
            }
        }
    }
}

/// The place or recipe that the post is about.
#[component]
fn Attached(card: Attachment, onremove: EventHandler<()>) -> Element {
    let name = use_resource(use_reactive!(|card| async move {
        let Attachment { kind, id } = card;
        Some(match kind {
            FavouriteKind::Place => said(&call(GetPlace { id }).await.ok()?.record.place.name),
            FavouriteKind::Recipe => said(&call(GetRecipe { id }).await.ok()?.record.title),
        })
    }));
    let icon = if card.kind == FavouriteKind::Place { Icon::MapPin } else { Icon::ChefHat };
    rsx! {
        div { class: "venue",
            span { class: "text-field-label", {t!("write-about")} }
            p { class: "venue-picked", Glyph { icon, size: 18 } b { {name.read().clone().flatten().unwrap_or_default()} } }
            Button { kind: ButtonKind::Quiet, onclick: move |_| onremove.call(()), {t!("write-about-remove")} }
        }
    }
}
