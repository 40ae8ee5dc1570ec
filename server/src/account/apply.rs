//! What a person changes about what is theirs.

use hnh_domain::account::{AccountChange, FavouriteKind, ProfileDraft};
use hnh_domain::feeds::{Feed, ItemKind};
use hnh_domain::problem::{FieldCode, FieldError, ProblemCode};
use uuid::Uuid;

use super::author::exists;
use super::current_user::CurrentUser;
use super::profile;
use crate::db::args;
use crate::feeds::{WriteTx, changed_meanwhile};
use crate::http::problem::Refusal;

/// The most favourites of one person.
const MAX_FAVOURITES: i64 = 10_000;

/// Makes the change, or refuses it.
pub(crate) async fn apply(tx: &mut WriteTx, who: &CurrentUser, change: AccountChange) -> Result<(), Refusal> {
    match change {
        AccountChange::SetProfile { profile, version } => set_profile(tx, who, *profile, version).await,
        AccountChange::SetFavourite { kind, id, on } => set_favourite(tx, who, kind, id, on).await,
        AccountChange::Block { person, on } => block(tx, who, person, on).await,
    }
}

async fn set_profile(tx: &mut WriteTx, who: &CurrentUser, draft: ProfileDraft, version: i64) -> Result<(), Refusal> {
    if let Some(picture) = draft.picture {
        crate::photos::owned(tx, who.id, &[picture]).await?;
    }
    let json = serde_json::to_string(&draft).map_err(|error| crate::http::problem::internal(&error))?;
    let (before,): (Option<Uuid>,) = tx.fetch_one("SELECT picture FROM person WHERE id = $1", args![who.id]).await?;
    let changed = tx
        .execute(
            "UPDATE person SET profile = $3, name = $4, picture = $5, profile_version = profile_version + 1
             WHERE id = $1 AND profile_version = $2",
            args![who.id, version, json, &draft.name, draft.picture],
        )
        .await?;
    if changed == 0 {
        let now = profile::own_profile(tx, who.id).await?;
        return Err(changed_meanwhile(&now));
    }
    crate::photos::let_go(tx, who.id, before.as_slice()).await?;
    tx.touch(Feed::Person(who.id), ItemKind::Profile, who.id);
    Ok(())
}

async fn set_favourite(
    tx: &mut WriteTx,
    who: &CurrentUser,
    kind: FavouriteKind,
    item: Uuid,
    on: bool,
) -> Result<(), Refusal> {
    let id = kind.favourite_id(who.id, item);
    if on {
        let (count,): (i64,) = tx.fetch_one("SELECT COUNT(*) FROM favourite WHERE person = $1", args![who.id]).await?;
        if count >= MAX_FAVOURITES {
            return Err(ProblemCode::LimitReached.into());
        }
        let now_ms = tx.now_ms;
        tx.execute(
            "INSERT INTO favourite (id, person, kind, item, kept_ms) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (id) DO NOTHING",
            args![id, who.id, kind.code(), item, now_ms],
        )
        .await?;
    } else {
        tx.execute("DELETE FROM favourite WHERE id = $1", args![id]).await?;
    }
    tx.touch(Feed::Person(who.id), ItemKind::Favourite, id);
    Ok(())
}

/// Each is told once that the other's words are gone, or back; what that means for what a device has is its own work.
async fn block(tx: &mut WriteTx, who: &CurrentUser, person: Uuid, on: bool) -> Result<(), Refusal> {
    if person == who.id {
        return Err(FieldError::coded("person", FieldCode::Yourself, "is yourself").into());
    }
    exists(tx, person).await?;
    let now_ms = tx.now_ms;
    if on {
        tx.execute(
            "INSERT INTO block (blocker, blocked, at_ms) VALUES ($1, $2, $3) ON CONFLICT (blocker, blocked) DO NOTHING",
            args![who.id, person, now_ms],
        )
        .await?;
    } else {
        tx.execute("DELETE FROM block WHERE blocker = $1 AND blocked = $2", args![who.id, person]).await?;
    }
    tx.touch(Feed::Person(who.id), ItemKind::Visibility, person);
    tx.touch(Feed::Person(person), ItemKind::Visibility, who.id);
    for (room,) in crate::chat::shared_rooms(tx, who.id, person).await? {
        tx.touch(Feed::Person(who.id), ItemKind::Room, room);
        tx.touch(Feed::Person(person), ItemKind::Room, room);
    }
    Ok(())
}
