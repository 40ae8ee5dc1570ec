//! What a person changes about what is theirs.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::ProfileDraft;
use crate::codes::coded;
use crate::problem::FieldError;
use crate::written;

/// The longest own recipe, in characters.
const MAX_RECIPE: usize = 20_000;
/// The longest title of an own recipe, in characters.
const MAX_RECIPE_TITLE: usize = 120;

coded! {
    /// What can be a favourite.
    pub enum FavouriteKind ("kind") {
        Place = "place", "장소", "Place";
        Recipe = "recipe", "레시피", "Recipe";
    }
}

impl FavouriteKind {
    /// The id of a person's favourite: the same on every device, so that a favourite made on two is one.
    #[must_use]
    pub fn favourite_id(self, person: Uuid, item: Uuid) -> Uuid {
        Uuid::new_v5(&person, format!("{self}:{item}").as_bytes())
    }
}

/// A change of one's own things.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, strum::VariantNames)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AccountChange {
    /// Rewrites the profile.
    SetProfile {
        /// The new one.
        profile: Box<ProfileDraft>,
        /// The version it was made from; 0 for the first.
        version: i64,
    },
    /// Makes a place or recipe a favourite, or no longer one.
    SetFavourite {
        /// What it is.
        kind: FavouriteKind,
        /// Its id in the catalogue, or of an own recipe.
        id: Uuid,
        /// Whether it is one from now on.
        #[serde(alias = "kept")]
        on: bool,
    },
    /// Writes or rewrites an own recipe.
    WriteRecipe {
        /// Its id, made by the device.
        id: Uuid,
        /// The recipe in Cooklang or plain words, at most 20,000 characters.
        text: String,
        /// Its title, 1 to 120 characters.
        title: String,
        /// The version it was made from; 0 for a new one.
        version: i64,
    },
    /// Deletes an own recipe.
    DeleteRecipe {
        /// Which.
        id: Uuid,
    },
    /// Blocks a person, or lets them be seen again: neither sees or reaches the other.
    Block {
        /// Whom.
        person: Uuid,
        /// Whether from now on.
        on: bool,
    },
}

impl AccountChange {
    /// Makes the change fit to be stored and made.
    ///
    /// # Errors
    /// Names the first field that is wrong.
    pub fn checked(mut self) -> Result<Self, FieldError> {
        match &mut self {
            Self::SetProfile { profile, .. } => **profile = std::mem::take(&mut **profile).checked()?,
            Self::WriteRecipe { text, title, .. } => {
                *title = written::line("title", title, 1, MAX_RECIPE_TITLE)?;
                *text = written::lines("text", text, 1, MAX_RECIPE)?;
            }
            Self::SetFavourite { .. } | Self::DeleteRecipe { .. } | Self::Block { .. } => {}
        }
        Ok(self)
    }
}
