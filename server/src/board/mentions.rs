//! People whom a text calls by `@handle`.

use hnh_domain::feeds::NoticeKind;
use uuid::Uuid;

use super::markdown;
use crate::account::CurrentUser;
use crate::db::args;
use crate::feeds::WriteTx;
use crate::http::problem::Refusal;
use crate::notices::{About, notify};

/// Notifies those whom the text of a post, or of a comment on it, mentions.
pub(super) async fn mention(
    tx: &mut WriteTx,
    who: &CurrentUser,
    (post, told): (Uuid, Uuid),
    text: &str,
    words: &str,
) -> Result<(), Refusal> {
    // Nobody calls more people than that together.
    for handle in markdown::mentions(text).into_iter().take(20) {
        let found: Option<(Uuid,)> =
            tx.fetch_optional("SELECT id FROM person WHERE handle = $1", args![handle]).await?;
        if let Some((person,)) = found {
            let about = About { by: Some(who.id), post: Some(post), told: Some(told), words };
            notify(tx, person, NoticeKind::Mention, about).await?;
        }
    }
    Ok(())
}
