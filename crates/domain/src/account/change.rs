//! What a person changes about what is theirs.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::ProfileDraft;
use crate::codes::coded;
use crate::problem::FieldError;

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
            Self::SetFavourite { .. } | Self::Block { .. } => {}
        }
        Ok(self)
    }
}
