# HnH's sentences in English: plain, short, exact.

# Frame
skip = Skip to content
brand-home = HnH, home
nav-label = Main pages
nav-home = Home
nav-map = Map
nav-recipes = Recipes
nav-foods = Foods
nav-saved = Saved
nav-settings = Settings
offline-mark = You are offline. What you saved is still here.
not-found-title = Page not found
not-found-lead = There is nothing at this address
not-found-home = Go home
keys-title = Keyboard shortcuts
keys-search = Search
keys-cook = Step back and forth while cooking
keys-help = Show this help
close = Close
clear = Clear
loading = Loading…
retry = Try again
unknown = unknown
chip-remove = Remove { $name }

# Hearts
heart-label = Save { $name }
heart-save = Save
heart-remove = Remove from saved
kept-saved = Saved on this device
kept-removed = Removed from saved
kept-failed = The device could not save this. Please try again.

# Errors
error-offline = No connection
error-offline-text = What you saved and saw last is still on this device. The rest comes back with the network.
error-not-found = We could not find this
error-not-found-text = It may have been removed from the catalogue.
error-not-ready = The kitchen is opening
error-not-ready-text = The server is starting. Try again in a moment.
error-storage = This device refused to store data
error-storage-text = Free some space or allow storage for this site, then try again.
error-input = Something in the search is not valid
error-internal = Something broke on our side
error-internal-text = Nothing of yours was lost. Please try again.

# Amounts and times
time-minutes = { $minutes } min
time-hours = { $hours } h
time-hours-minutes = { $hours } h { $minutes } min
ago-now = just now
ago-minutes = { $minutes } min ago
ago-hours = { $hours } h ago
ago-yesterday = yesterday
amount-kcal = { $amount } kcal
amount-protein = { $amount } g protein
kcal-unknown = kcal unknown
range-any = any
range-from = { $amount } or more
range-to = { $amount } or less
range-between = { $low } to { $high }
range-least = { $name }, at least
range-most = { $name }, at most

# Home
home-title = What shall we eat?
home-places = Places near me
home-recipes = Cook something

# Recipes
recipes-search = Keywords, several must all match
recipes-search-hint = Ingredient, dish or keyword
recipes-search-more = Add another
recipes-count = { $count ->
    [one] { $shown } recipe
   *[other] { $shown } recipes
}
more = Show more
recipes-results = Recipes found
recipes-none = No recipe matches all of this
recipes-none-loosen = Remove one filter to see more:
recipes-none-several = Try removing two or more filters.
recipes-loosen = Remove { $name } ({ $count })
sort-label = Sort
sort-default = Our pick
filter-word = “{ $word }”
filter-without = No { $name }
filter-time = Up to { $time }
filters-title = Filters
filters-title-count = Filters ({ $count })
filters-active = Active filters
filters-diet = Diet
filters-without = Leave out
filters-without-note = Only recipes known to be free of it. Unknown never counts as free.
filters-kcal = Energy per serving
filters-time = Time
filters-course = Course
filters-cuisine = Cuisine
filters-effort = Effort
filters-nutrients = Nutrients per serving
filters-add = Another nutrient
filters-add-choose = Choose…
filters-more = { $count } more
filters-clear = Clear filters
filters-clear-all = Clear everything
filters-show = { $count ->
    [one] Show { $count } recipe
   *[other] Show { $count } recipes
}
filters-show-all = Show recipes

# One recipe
back = Back
share = Share
share-copied = Address copied
print = Print
from-device = From this device
recipe-all = All recipes
recipe-ingredients = Ingredients
recipe-steps = Method
recipe-no-steps = The source gives no method.
recipe-time = Time
recipe-time-parts = { $prep } prep + { $cook } cooking
recipe-energy = Energy
recipe-a-serving = kcal a serving
recipe-per-serving = a serving
recipe-servings = Servings
servings = { $count ->
    [one] { $count } serving
   *[other] { $count } servings
}
servings-fewer = One serving fewer
servings-more = One serving more
basis-summed = Nutrition is summed from the ingredients’ weights and the food tables. Cooking changes some of it.
basis-stated = Nutrition is as the source states it.
basis-unknown = Nutrition is not known.
origin = Source: { $source } · Licence: { $licence }
labels-suits = Diets it suits
why-title = Why “{ $name }”?
why-free = { $count ->
    [one] Its one ingredient was checked
   *[other] All { $count } ingredients were checked
}: nothing in it breaks this diet.
why-unknown = Some ingredient is not known well enough to say.
why-unknown-because = Not known well enough: { $names }
why-may = May contain: { $names }
why-contains = Contains: { $names }
why-measured = { $name }: { $amount } a serving.
why-note = Judged by ingredients alone. What meets in a kitchen is not known.
state-contains = Contains
state-may = May contain
state-unknown = Not known
state-free = Free from
because = because of { $names }
allergens-title = Allergens
allergens-note = Bought ingredients differ by brand. With an allergy, always read the package.
diets-others = { $count } diets it does not suit, or may not
nutrition-title = Nutrition
nutrition-unknown = Nutrition of this recipe is not known.
nutrition-day = Bars show how much of a day’s reference amount (Korea) a serving holds.
nutrition-nutrient = Nutrient
nutrition-serving = A serving
nutrition-serving-grams = A serving ({ $grams } g)
nutrition-100g = 100 g
nutrition-more = { $count } more nutrients

# Cook mode
cook-start = Start cooking
cook-title = Cooking
cook-tab = Cooking { $name }
cook-back = Back to the recipe
cook-at = Step { $step } of { $steps }
cook-progress = Progress
cook-previous = Back
cook-next = Next
cook-done = Done
cook-timer-label = { $name } · step { $step }
timer-start = Start { $time } timer
timer-own = Other timer
timer-over = Time is up!
timer-pause = Pause
timer-resume = Resume
timer-cancel = Remove timer
timer-done = OK
timers-title = Timers

# Foods
foods-search = Food, in words or Korean initials (ㄱㅊ)
foods-group = Food group
foods-count = { $count ->
    [one] { $shown } food
   *[other] { $shown } foods
}
foods-none = No such food
foods-none-text = Try fewer or shorter words.
foods-all = All foods
food-portion = How much
food-main = Main nutrients
food-minerals = Minerals
food-vitamins = Vitamins
food-vitamins-b = B vitamins
food-refuse = { $part }% of the bought weight is thrown away (peel, bones).
compare-title = Compare foods
compare-label = Compare { $name }
compare-add = Compare
compare-chosen = In comparison
compare-full = At most { $most } foods can be compared
compare-one-more = Choose at least two to compare.
compare-go = Compare { $count } foods
compare-none = Choose foods to compare
compare-choose = Choose foods
compare-by = Compare by
compare-portion = Portion

# Settings and about
settings-language = Language
settings-theme = Appearance
theme-system = System
theme-light = Light
theme-dark = Dark
settings-about = About
settings-about-text = What HnH knows, where it comes from, and what that means for allergies.
about-title = About HnH
about-lead = HnH, “Healthy & Happy”, finds a healthy place to eat near you and helps you cook well. It works offline with what you saved.
about-places = Places
about-recipes = Recipes
about-foods = Foods
about-version = Catalogue { $version }
about-sources = Sources and licences
about-records = { $count } records
about-visit = Visit the source
about-safety = Allergies
about-safety-text = Labels follow the ingredients a recipe or place names. “Unknown” never passes a filter that leaves something out. Traces from a kitchen or a factory are not known to us: with a strong allergy, ask and read the package.
about-parts = Made with
about-parts-text = Icons by Lucide (ISC licence). Typeface Pretendard (SIL Open Font License). HnH itself is free software under MIT or Apache 2.0.

# Home
home-near = Places close by
home-today = A recipe for today
home-all-recipes = All recipes
home-shortcuts = Quick searches
home-vegan-places = Vegan places
home-protein = High protein, under 500 kcal
home-quick = Ready in 20 minutes
home-vegan = Vegan recipes
home-foods = Food facts
home-near-none = No places found near you
home-near-all = See all on the map
home-other = Other recipes

# Saved
saved-none = Nothing saved yet
saved-none-text = A heart saves a recipe or place on this device. It opens without a network, too.
saved-recipes = Recipes
saved-places = Places

# Position
near-me = Near me
where-title = Find places near you.
where-why = We need your location to find places near you. It’s used only for the search and stored only on this device.
where-asking = Finding your location. You can also pick an area.
where-denied = Location is off for this site. You can pick an area instead.
where-slow = Finding your location is taking too long. Pick an area instead.
where-absent = Location is unavailable on this device. Pick an area instead.
spot-here = Around you
area-pick = Pick an area
area-title = Where shall we look?
area-search = Neighbourhood, district or city
area-none = No match. Try a district or city name.

# Map and places
places-search = Place, dish or cuisine
places-list = Places found
places-count = { $count ->
    [one] { $shown } place
   *[other] { $shown } places
}
places-nearest = Nearest { $count }
places-best = Best { $count } matches
around-there = around the chosen point
around-city-hall = around Seoul City Hall
places-closer = These are the nearest { $count }. Zoom in to see more.
places-none = Nothing here
places-none-text = Move the map or use fewer filters.
places-none-near = Nothing within 5 km
places-far = Here are the nearest.
places-wider = Search wider
places-show = { $count ->
    [one] Show { $count } place
   *[other] Show { $count } places
}
places-show-nearest = Show the nearest { $count }
places-show-all = Show places
places-diet-note = Only places known to serve it. Places without this information are left out. “Only” means nothing else is served.
places-kind = Kind
places-open = Opening hours
open-any = Any time
open-now = Open now
open-at = Choose a time
open-day = Day
open-time = Time
open-at-note = Local time at the place.
open-then = Open { $time }
day-today = Today ({ $weekday })
day-tomorrow = { $weekday } · tomorrow
day-later = { $weekday } { $day }
weekday = { $day }
map-title = Map
map-zoom-in = Zoom in
map-zoom-out = Zoom out
map-missing = The map couldn’t be loaded. The list works without it.
map-search-here = Search this area
list-higher = Make the list taller
list-lower = Make the list smaller
place-title = Place
place-walk = { $distance } · { $time } on foot
place-open = Open
place-open-until = Open until { $time }
place-closed = Closed
place-opens-at = Closed · opens { $time }
place-hours-unknown = Hours unknown
place-then = { $time }: { $state }
hours-unknown-count = Hours unknown: { $count }
hours-unknown-note = Whether these are open then isn’t known. Check before you go.
place-from-device = Saved on this device. Whether it is open now is not known.
place-directions = Directions
place-call = Call
place-website = Website
place-on-map = Show on the map
place-menu = Menu
place-hours = Opening hours
place-hours-source = As stated: { $text }
place-where = Address and contact
place-address = Address
place-phone = Telephone
place-position = Coordinates
place-diet-note = As the source states it. Kitchens are not known to us: with an allergy, always ask.
menu-on-request = { $mark } on request
diet-only = { $diet } only
diet-yes = { $diet } options
diet-limited = { $diet }: few options
diet-no = { $diet }: no options
diet-unknown = { $diet }: not known
credit = Source: { $source } ({ $licence }).
today = today
day-mon = Mon
day-tue = Tue
day-wed = Wed
day-thu = Thu
day-fri = Fri
day-sat = Sat
day-sun = Sun

# Account
nav-account = Account
nav-board = Board
account-title = Sign in
account-why = With an account you can write, meet meal buddies, and have what you saved on all your devices.
account-enter = Sign in
account-join = Sign up
account-hello = Hello, { $name }
account-welcome = Welcome, { $name }!
account-unproven = email not confirmed yet
account-left = You signed out
account-leave-title = Sign out
account-leave-text = Signing out removes your posts and saved things from this device. On the server they stay.
account-leave = Sign out
account-leave-everywhere = Sign out everywhere
account-export = Download my data
form-login = Name or confirmed email
form-password = Password
form-handle = User name
form-email = Email
form-handle-hint = 3 to 24 of a-z, 0-9 and _, beginning with a letter
form-email-hint = Only for when you forget your password. Nobody else sees it.
form-password-hint = At least 10 characters. A few words that do not belong together are good.
form-handle-taken = This name is taken. Please choose another.
form-handle-wrong = It must have 3 to 24 of a-z, 0-9 and _, and begin with a letter.
form-email-wrong = Please write an email address such as name@example.com.
form-password-short = It must have 10 to 200 characters.
form-password-weak = This is too easy to guess. Try a few words that do not belong together.
form-wrong-credentials = Name or password is wrong.
form-offline = There is no connection right now. Please try again when it is back.
form-too-many = Too many tries. Please try again in { $seconds } seconds.
error-sign-in = Please sign in
error-sign-in-text = After that you can go on.
error-refused = This could not be done

# Sending
sync-offline = offline, { $count } { $count ->
    [one] change
   *[other] changes
  } waiting
sync-waiting = sending { $count } { $count ->
    [one] change
   *[other] changes
  }
sync-stuck = { $count } { $count ->
    [one] change needs
   *[other] changes need
  } your decision
pending-title = Not sent yet
pending-waits = Waiting to be sent
pending-old = This is more than a day old. Send it still?
pending-refused = It was refused: { $why }
pending-send = Send again
pending-discard = Discard
change-post = Post “{ $title }”
change-comment = Comment “{ $text }”
change-join = Asking for a seat
change-leave = Giving up a seat
change-delete = Deleting
change-favourite = Something saved
change-other = Another change

# Boards
board-title = Board
board-which = Which board
board-search = Search posts
board-write = Write
board-none = No posts yet
board-none-text = Be the first to write one.
pages = Pages
page-of = Page { $page } of { $pages }
page-before = Back
page-next = Next
person-gone = somebody who left
post-edited = edited
post-hidden = hidden by a moderator
post-comments = { $count ->
    [one] 1 comment
   *[other] { $count } comments
  }
post-reactions = { $count ->
    [one] 1 reaction
   *[other] { $count } reactions
  }
post-place = See the place
post-recipe = See the recipe
post-tell = Tell a friend
post-delete = Delete
post-deleted = Deleted
post-delete-ask = Delete this post?
post-delete-text = Its comments go too, and it can’t be brought back.
post-delete-meal = Everybody’s seats go too, and it can’t be brought back.
comment-delete-ask = Delete this comment?
comment-delete-text = It can’t be brought back.
confirm-no = Cancel
post-report = Report
post-report-why = What is wrong with it?
post-reported = Reported. A moderator will look at it.
comment-write = Write a comment
comment-send = Comment
comment-answer = Reply
comment-deleted = This comment was deleted
comment-sign-in = Sign in to comment
meal-title = The meal
meal-venue = The place
meal-calendar = Add to calendar
meal-cancelled = Cancelled
meal-full = Full
meal-left = { $count } left
meal-waiting = { $count } waiting
meal-sign-in = Sign in to join
meal-seated = You have a seat.
meal-asked = You asked for a seat. The host will answer.
meal-you-wait = You are on the waiting list. When a seat gets free, it is yours.
meal-declined = It does not work out this time.
meal-ask = Ask to join
meal-join = Take a seat
meal-wait = Join the waiting list
meal-leave = Give up my place
meal-leave-ask = Give up your place?
meal-leave-text = Whoever is next on the waiting list gets it.
meal-accept = Accept
meal-decline = Decline
write-invite = Invite to a meal
write-title = Title
write-body = Text
write-body-hint = Markdown works. @name calls somebody.
write-tags = Tags (separated by commas)
write-send = Post
write-title-wrong = The title must have 1 to 120 characters.
write-tags-wrong = At most 8 tags of 24 characters each.
write-when = When
write-when-missing = Please choose a date and time within a year from now.
write-venue = Where
write-venue-search = Find a place
write-venue-none = Choose a place
write-venue-missing = Please choose a place.
write-seats = Seats
write-minutes = Minutes
write-answer = How requests are answered
write-open = At once
write-asks = By me
person-posts = See their posts
person-block = Block
person-unblock = Unblock
person-blocked = Blocked: neither of you sees the other's posts.
person-unblocked = Unblocked
person-meals = { $count ->
    [one] 1 word after a meal
   *[other] { $count } words after meals
  }

# Chat
nav-chat = Chat
chat-title = Chat
chat-empty = No conversations yet
chat-empty-text = Write to somebody from their page, or join a meal: its people share a room.
chat-find = Find a meal buddy
chat-sign-in = Sign in to chat with meal buddies
chat-unread = { $count ->
    [one] 1 new message
   *[other] { $count } new messages
}
chat-deleted = taken back
chat-nothing = Nothing was said yet.
chat-opening = This room opens as soon as the server can be reached.
chat-here = here now
chat-typing = { $name } is typing…
chat-read = read
chat-read-by = read by { $count }
chat-waiting = sending
chat-stuck = Not sent. Send it again or delete it.
chat-stuck-blocked = Not sent. This person isn’t accepting messages.
chat-stuck-often = Not sent. Please send it again in a moment.
chat-stuck-old = This couldn’t be sent for a day. Send it now?
chat-write = Message
chat-send = Send
chat-edit = Edit
chat-save = Save
chat-cancel = Cancel
chat-reply = Reply
chat-replying = Reply to: { $words }
chat-older = Earlier messages
chat-beginning = This is where it begins.
chat-leave = Leave the room
chat-leave-ask = Leave this room?
chat-leave-text = It disappears from your list. It opens again when somebody writes to you there.
chat-delete-ask = Delete this message?
chat-delete-text = It is deleted for everyone and can’t be brought back.
chat-ways = Message menu
chat-new = { $count } new
chat-to-end = To the newest
chat-room-ways = Room menu
chat-mute = Mute
chat-unmute = Unmute
chat-muted = muted
chat-log = Messages
chat-card = Open the card
meal-chat = Chat of this meal
person-write = Write
