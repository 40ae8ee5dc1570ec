//! Rooms and messages.
//!
//! `rooms` has who is in which room, `messages` what is said, `apply` the changes.

mod apply;
mod messages;
mod rooms;
mod search;

pub(crate) use apply::apply;
pub(crate) use messages::{export, forget, hide, messages_in, room_of};
pub(crate) use rooms::{is_inside, open_gathering, rooms_in, set_inside, shared_rooms, visible_in_room};

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::AppState;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(messages::older)).routes(routes!(search::search_messages))
}
