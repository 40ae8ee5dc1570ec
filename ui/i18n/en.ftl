# HnH's sentences in English: plain, short, exact.

# Frame
skip = Skip to content
brand-home = HnH home
nav-label = Main pages
nav-home = Home
nav-map = Map
nav-recipes = Recipes
nav-foods = Foods
nav-saved = Saved
nav-settings = Settings
missing-secure = This address isn’t secure (https), so location, saving and signing in are unavailable. Open it by https.
missing-secure-account = You can’t sign in at an address that isn’t secure. Open one that begins with https.
missing-storage = This browser can’t save anything here: saved items are gone when you close it. Use a normal window instead of a private one.
session-over = You’ve been signed out. Sign in again and everything goes on.
session-over-title = Sign in again
session-over-text = You signed out elsewhere or changed your password. Everything on this device is still here and goes on once you sign in.
form-changes-waiting = This device has unsent changes of @{ $handle }. Sign in as @{ $handle }, or sign out first.
offline-mark = You’re offline. Saved items still work.
not-found-title = Page not found
not-found-lead = Check the address and try again
not-found-home = Go home
keys-title = Keyboard shortcuts
keys-search = Search
keys-cook = Previous or next step while cooking
keys-help = Show shortcuts
close = Close
clear = Clear
loading = Loading…
retry = Try again
unknown = Not known
chip-remove = Remove { $name }

# Hearts
heart-label = Save { $name }
heart-save = Save
heart-remove = Remove from saved
kept-saved = Saved
kept-removed = Removed from saved
kept-failed = Couldn’t save. Please try again.

# Errors
error-offline = You’re offline
error-offline-text = You can still open what you saved or viewed recently.
error-not-found = We could not find this
error-not-found-text = It may have been deleted or moved.
error-not-ready = We’re just starting up
error-not-ready-text = Please try again in a moment.
error-storage = We can’t save on this device
error-storage-text = Free up some space, or allow this site to store data.
error-input = Please check what you entered
error-internal = Something went wrong on our side
error-internal-text = Nothing was lost. Please try again.

# Amounts and times
time-minutes = { $minutes } min
time-hours = { $hours } h
time-hours-minutes = { $hours } h { $minutes } min
time-seconds = { $seconds } s
time-minutes-seconds = { $time } { $seconds } s
ago-now = just now
ago-minutes = { $minutes } min ago
ago-hours = { $hours } h ago
ago-yesterday = yesterday
amount-kcal = { $amount } kcal
amount-protein = { $amount } g protein
kcal-unknown = Energy not known
range-any = any
range-from = { $amount } or more
range-to = { $amount } or less
range-between = { $low }–{ $high }
range-least = { $name }, minimum
range-most = { $name }, maximum

# Home
home-title = What shall we eat?
home-places = Places near me
home-recipes = Browse recipes

# Recipes
recipes-search = Search recipes (results match every keyword)
recipes-search-hint = Ingredient, dish or keyword
recipes-search-more = Add a keyword
recipes-count = { $count ->
    [one] { $shown } recipe
   *[other] { $shown } recipes
}
more = Show more
recipes-results = Recipes found
recipes-none = No recipes match
recipes-none-loosen = Remove one filter to see more:
recipes-none-several = Try removing two or more filters.
recipes-loosen = Remove { $name } ({ $count })
sort-label = Sort
sort-default = Recommended
filter-word = “{ $word }”
filter-without = No { $name }
filter-time = Up to { $time }
filters-title = Filters
filters-title-count = Filters ({ $count })
filters-active = Active filters
filters-diet = Diet
filters-without = Leave out
filters-without-note = Only recipes we know are free of it. If we’re not sure, it’s left out.
filters-kcal = Energy per serving
filters-time = Time
filters-course = Course
filters-cuisine = Cuisine
filters-effort = Difficulty
filters-nutrients = Nutrients per serving
filters-add = Another nutrient
filters-add-choose = Choose…
filters-more = { $count } more
filters-clear = Clear filters
filters-clear-all = Clear search and filters
filters-show = { $count ->
    [one] Show { $shown } recipe
   *[other] Show { $shown } recipes
}
filters-show-all = Show recipes

# One recipe
back = Back
share = Share
share-copied = Link copied
print = Print
from-device = Offline copy
recipe-all = All recipes
recipe-ingredients = Ingredients
recipe-steps = Method
recipe-no-steps = The source doesn’t include a method.
recipe-time = Time
recipe-time-parts = { $prep } prep + { $cook } cooking
recipe-time-wait = and { $wait } of waiting
recipe-energy = Energy
recipe-a-serving = kcal per serving
recipe-per-serving = per serving
recipe-servings = Servings
servings = { $count ->
    [one] { $count } serving
   *[other] { $count } servings
}
servings-fewer = One fewer serving
servings-more = One more serving
basis-summed = Nutrition is calculated from ingredient weights and food tables. Cooking can change it.
basis-stated = Nutrition is as given by the source.
basis-unknown = No nutrition information.
origin = Source: { $source } · Licence: { $licence }
labels-suits = Suitable for
why-title = Why “{ $name }”?
why-free = { $count ->
    [one] We checked its one ingredient. It is no problem for this diet.
   *[other] We checked all { $count } ingredients. None of them is a problem for this diet.
}
why-unknown = We couldn’t check every ingredient.
why-unknown-because = We couldn’t check: { $names }
why-may = May not suit, depending on the product: { $names }
why-contains = Not suitable: contains { $names }.
why-note = Based on ingredients only. We can’t know about cross-contact in the kitchen.
why-note-amounts = By what the ingredients add up to, a serving and per 100 g; every limit has to be kept.
why-note-low-carb = No law says what low-carb is; the limit is that of a study.
state-contains = Contains
state-may = May contain
state-unknown = Not known
state-free = Free from
because = in { $names }
allergens-title = Allergens
allergens-note = Packaged ingredients vary by brand. If you have an allergy, always check the label.
diets-others = { $count ->
    [one] Not suitable or not sure: 1 diet
   *[other] Not suitable or not sure: { $count } diets
}
nutrition-title = Nutrition
nutrition-unknown = No nutrition information for this recipe.
nutrition-day = Bars show how much of the Korean daily value one serving provides.
nutrition-nutrient = Nutrient
nutrition-serving = Per serving
nutrition-serving-grams = Per serving ({ $grams } g)
nutrition-100g = 100 g
nutrition-more = { $count ->
    [one] Show 1 more nutrient
   *[other] Show { $count } more nutrients
}

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
timer-own = Set a timer
timer-over = Time’s up!
timer-pause = Pause
timer-resume = Resume
timer-cancel = Delete timer
timer-done = OK
timers-title = Timers

# Foods
foods-search = Search foods
foods-group = Food group
foods-count = { $count ->
    [one] { $shown } food
   *[other] { $shown } foods
}
foods-none = No foods found
foods-none-text = Try a shorter word.
foods-all = All foods
food-portion = Amount
food-main = Main nutrients
food-minerals = Minerals
food-vitamins = Vitamins
food-vitamins-b = B vitamins
food-refuse = { $part }% of the weight as bought is not eaten (peel, bones).
compare-title = Compare foods
compare-label = Compare { $name }
compare-add = Compare
compare-chosen = Added to compare
compare-full = You can compare up to { $most } foods
compare-one-more = Choose at least two foods.
compare-go = Compare { $count } foods
compare-none = Choose foods to compare
compare-choose = Choose foods
compare-by = Compare by
compare-portion = One portion

# Settings and about
settings-language = Language
settings-theme = Appearance
theme-system = System
theme-light = Light
theme-dark = Dark
settings-server = Server
settings-server-text = Recipes, places, posts and chat come from here. Each server has its own account, and its own saved items on this device.
settings-server-field = Address
settings-server-now = In use: { $server }
settings-server-use = Use this server
settings-server-known = Servers you’ve used
server-address = That isn’t a web address. Try something like https://hnh.example.
server-unreachable = Nothing answers at this address. Check it, or try again later.
server-stranger = Something answers there, but it isn’t an HnH server. Check the address.
server-silent = { $server } doesn’t answer. Saved items still work. Choose another server
server-storage = We can’t save this choice on this device. Check that there’s free space.
version-waits = A new version of HnH is ready.
version-taken = HnH was updated in another tab.
version-take = Reload
notify-title = Notifications
notify-sign-in = Sign in to be notified of messages and meals.
notify-here = Notify me on this device
notify-absent = This browser can’t notify you here. On an iPhone or iPad, add HnH to the Home Screen first.
notify-denied = Notifications are blocked for HnH. Allow them in your browser’s settings, then switch this on.
notify-failed = The browser couldn’t switch notifications on. Try again later.
notify-not-offered = This server doesn’t send notifications.
notify-quiet = Quiet hours
notify-quiet-from = From
notify-quiet-to = Until
install-title = Install HnH
install-text = It gets an icon of its own and opens without a network, with everything you saved.
install-do = Install
install-by-share = Tap Share, then “Add to Home Screen”.
settings-program = This app
settings-tray = Keep running in the tray when I close the window
settings-autostart = Start when I sign in to this computer
settings-about = About
settings-about-text = Where our data comes from, licences, and notes on allergies.
about-title = About HnH
about-lead = HnH (Healthy & Happy) helps you find healthy places nearby and cook well at home. What you save also works offline.
about-places = Places
about-recipes = Recipes
about-foods = Foods
about-version = Data version { $version }
about-sources = Sources and licences
about-records = { $count ->
    [one] 1 record
   *[other] { $count } records
}
about-visit = Visit the source
about-safety = Allergies
about-safety-text = Labels follow the ingredients a recipe or place lists. If something is not known, we never treat it as “free from”. We can’t know about traces from a kitchen or factory. If you have a severe allergy, always ask and check the label.
about-parts = Open source
about-parts-text = Icons by Lucide (ISC licence). Typeface Pretendard (SIL Open Font License). HnH is open source under MIT or Apache 2.0.

# Home
home-near = Places close by
home-today = Today’s recipes
home-all-recipes = All recipes
home-shortcuts = Quick searches
home-vegan-places = Vegan options near you
home-protein = High protein, up to 500 kcal
home-quick = Ready in 20 minutes
home-vegan = Vegan recipes
home-foods = Nutrition facts
home-near-none = No places found near you
home-near-all = See all on the map
home-other = Show others

# Saved
saved-none = Nothing saved yet
saved-none-text = Tap the heart on a recipe or place to save it here. Saved items open offline too.
areas-title = Offline areas
areas-text = Download the places of an area to search them without internet, with what’s open, diets and distances.
areas-add = Add an area
areas-here = Around you
areas-name = { $name }, { $radius } km
areas-facts = { $places } places · { $size } · saved { $date }
areas-going = { $places } of { $total } places
areas-pause = Pause
areas-resume = Resume
areas-remove = Remove
areas-removed = Area removed
areas-radius = How far around
areas-streets = {", "}and { $size } for the street map
areas-measured = { $places } { $count ->
    [one] place
   *[other] places
}, about { $size }
areas-download = Download
recipes-stand = Offline: recipes on this device
areas-stand = Offline: places saved { $date }
saved-recipes = Recipes
saved-places = Places

# Position
near-me = Near me
where-title = Find places near you.
where-why = We need your location to find places near you. It’s used only for the search and stored only on this device.
where-asking = Finding your location. You can also pick an area.
where-denied = Location is off for HnH. You can pick an area instead.
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
places-none = No places here
places-none-text = Move the map or use fewer filters.
places-none-near = Nothing within 5 km
places-far = Here are the nearest.
places-wider = Search wider
places-show = { $count ->
    [one] Show { $shown } place
   *[other] Show { $shown } places
}
places-show-nearest = Show the nearest { $count }
places-show-all = Show places
places-diet-note = Only places known to serve it. Places without this information are left out. “Only” means nothing else is served.
places-kind = Kind
places-open = Opening hours
open-any = Any time
open-now = Open now
open-at = Set a time
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
list-higher = Expand list
list-lower = Collapse list
area-recent = Picked before
area-popular = Popular
places-recent = Recent searches
places-recent-clear = Clear recent searches
places-suggestions = Suggestions
place-title = Place
place-walk = { $distance } · { $time } on foot
place-about-here = about { $distance }, around here
place-found-in = { $fact }: { $text }
place-accuracy-street = The list gives the street address only, so the spot on the map is roughly here. Look for the house number.
place-accuracy-district = The list gives no position. Directions opens a map search for the address.
place-holidays-unknown = We don’t know this country’s public holidays. Hours may differ on those days.
place-open = Open
place-open-until = Open until { $time }
place-closed = Closed
hours-day-off = Closed
place-opens-at = Closed · opens { $time }
place-hours-unknown = Hours not known
place-then = { $time }: { $state }
hours-unknown-count = Hours unknown: { $count }
hours-unknown-note = Whether these are open then isn’t known. Check before you go.
place-from-device = This is a saved copy, so we can’t tell whether it’s open now.
place-directions = Directions
place-call = Call
place-website = Website
place-on-map = Show on the map
place-menu = Menu
place-hours = Opening hours
place-hours-source = From the source: { $text }
place-where = Address and contact
place-address = Address
place-phone = Phone
place-position = Coordinates
place-diet-note = As listed by the source. We don’t know the kitchen, so always ask if you have an allergy.
menu-on-request = { $mark } on request
diet-only = { $diet } only
diet-yes = { $diet } options
diet-limited = { $diet }: few options
diet-no = { $diet }: no options
diet-unknown = { $diet }: not known
credit = Source: { $source } ({ $licence }).
credit-facts = { $facts } —
credit-date = As of { $date }.
credit-undated = The source gives no date.
today = Today
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
account-why = Sign up to post, meet meal buddies and see your saved items on every device.
account-enter = Sign in
account-join = Sign up
account-hello = Hi, { $name }
account-welcome = Welcome, { $name }!
account-left = Signed out
account-leave-title = Sign out
account-leave-text = Signing out removes your posts and saved items from this device. They stay in your account.
account-leave-waiting = { $count ->
    [one] 1 unsent item will be sent first.
   *[other] { $count } unsent items will be sent first.
}
account-leave = Sign out
account-leave-losing = Some changes couldn’t be sent. If you sign out now, they’re gone.
account-leave-anyway = Sign out and lose them
account-stay = Stay signed in
account-leave-everywhere = Sign out on all devices
account-export = Download my data
form-login = Username or email
form-password = Password
form-handle = Username
form-email = Email
form-handle-hint = 3–24 characters: a–z, 0–9 and _. Start with a letter.
form-email-hint = Used only to sign in and to reset your password. Nobody else can see it.
form-password-hint = At least 10 characters. A few unrelated words work well.
form-handle-taken = This username is taken. Try another.
form-handle-wrong = You can’t use this username. Start with a letter and use 3–24 of a–z, 0–9 and _.
form-email-wrong = Enter an email address like name@example.com.
form-password-short = Use 10 to 200 characters.
form-password-weak = Too easy to guess. Try a few unrelated words.
form-wrong-credentials = Wrong username or password.
form-offline = You’re offline. Try again once you’re connected.
form-too-many = Too many attempts. Try again in { $time }.
error-sign-in = Sign in to continue
error-sign-in-text = After that you can go on.
error-refused = That didn’t work

# Sending
sync-offline = Offline, { $count } waiting to send
sync-waiting = Sending { $count }…
sync-stuck = { $count } couldn’t be sent
pending-title = Not sent yet
pending-waits = Waiting to send
pending-old = More than a day old. Still send it?
pending-refused = Couldn’t send this. { $why }
pending-send = Send again
pending-discard = Delete
change-post = Post “{ $title }”
change-comment = Comment “{ $text }”
change-join = Request to join
change-leave = Leaving a meal
change-delete = Delete
change-favourite = Saved items
change-other = Another change

# Boards
board-title = Board
board-which = Choose a board
board-search = Search posts
board-write = Write
board-none = No posts yet
board-none-text = Write the first one.
board-nothing = No posts found
board-nothing-text = Try other words.
pages = Pages
page-of = Page { $page } of { $pages }
page-before = Back
page-next = Next
person-gone = Deleted account
post-edited = Edited
post-hidden = Hidden by a moderator
post-comments = { $count ->
    [one] 1 comment
   *[other] { $count } comments
  }
post-reactions = { $count ->
    [one] 1 reaction
   *[other] { $count } reactions
  }
post-edit = Edit
report-why = Reason
report-abuse = Insults or harassment
report-spam = Advertising or spam
report-danger = Dangerous for health
report-false = False information
report-private = Someone’s private details
report-other = Something else
report-more = Details (optional)
report-send = Send report
comment-edit = Edit comment
comment-answer-to = Reply to { $name }
write-venue-other = Choose another place
write-restored = We kept what you wrote before.
write-throw-away = Start over
write-about = About
write-about-remove = Remove
place-eat-together = Eat here together
place-write = Write about it
recipe-cook-together = Cook this together
needs-title = My diet and allergies
needs-text = Kept on this device, and privately with your account if you have one. Searches for recipes and places follow it; one tap shows everything.
needs-diets = Diet
needs-allergens = Allergies
needs-without = no { $name }
needs-for-me = For you: { $needs }
needs-aside = Showing everything. For you: { $needs }
needs-apply = Apply again
needs-show-all = Show all
needs-hide-recipes = { $count ->
    [0] For you: { $needs }
    [one] For you: { $needs } · 1 recipe hidden
   *[other] For you: { $needs } · { $count } recipes hidden
}
needs-hide-places = { $count ->
    [0] For you: { $needs }
    [one] For you: { $needs } · 1 place hidden that isn’t known to fit
   *[other] For you: { $needs } · { $count } places hidden that aren’t known to fit
}
account-unproven-text = We sent a link to { $email }. Open it to confirm that it’s yours.
account-mail-sent = Sent. It may take a minute.
account-mail-again = Send it again
account-close-title = Delete account
account-close-text = Your profile, posts, photos and favourites are deleted for good. Comments and messages lose their words.
account-close = Delete my account
account-close-ask = Delete your account?
account-closed = Your account is deleted.
password-title = Password
password-old = Current password
password-new = New password
password-set = Set password
password-changed = Password changed. Other devices were signed out.
sessions-title = Signed in on
session-this = This device
session-seen = Last seen { $ago }
session-end = Sign out
session-ended = Signed out there.
session-unknown = Unknown device
reset-link = Forgot your password?
reset-title = New password
reset-ask-text = We’ll send a link to set a new one.
reset-ask = Send the link
reset-sent = If that address has an account, a link is on its way.
reset-done = Your new password is set. Sign in with it.
verify-title = Confirm your email
verify-done = Email confirmed
verify-done-text = You can reset your password with it now.
verify-failed = That didn’t work
verify-again = Send a new link
link-over = This link was used already or is too old.
profile-title = Profile
profile-text = People see your name. The rest stays private unless you share it.
profile-name = Display name
profile-shared = Shown to others
profile-saved = Profile saved
profile-seen = As others see it
form-save = Save
nav-notices = Notices
notices-none = Nothing new
notices-text = Mentions, answers, seats and reminders come here.
notices-sign-in = Sign in to see your notices
notices-new = New
notices-unseen = { $count ->
    [one] 1 not seen
   *[other] { $count } not seen
}
post-history = Earlier versions
reference-title = You ate together
reference-text = A few words help others decide. They’re counted on the person’s page.
reference-write = About { $name }
reference-send = Send
reference-sent = Thank you, it was sent.
meal-call-off = Call it off
meal-call-off-why = Why? Everybody who asked will see it.
meal-call-off-send = Call the meal off
meal-called-off = The meal is called off.
suggest-title = You may like to eat with
suggest-text = From what you both share in your profiles. Nobody’s position is used.
post-tell = Share
post-delete = Delete
post-deleted = Deleted
post-delete-ask = Delete this post?
post-delete-text = Its comments go too, and it can’t be brought back.
post-delete-meal = Everybody’s seats go too, and it can’t be brought back.
comment-delete-ask = Delete this comment?
comment-delete-text = It can’t be brought back.
confirm-no = Cancel
post-report = Report
post-reported = Thanks. A moderator will take a look.
comment-write = Comment
comment-send = Post comment
comment-answer = Reply
comment-deleted = Comment deleted
comment-sign-in = Sign in to comment
meal-title = Meal
meal-venue = Place
meal-calendar = Add to calendar
meal-cancelled = Cancelled
meal-cancelled-why = Cancelled: { $reason }
meal-full = Full
meal-left = { $count ->
    [one] 1 seat left
   *[other] { $count } seats left
}
meal-waiting = { $count } waiting
meal-sign-in = Sign in to join
meal-sign-in-full = Sign in to join the waiting list
meal-seated = You’re in.
meal-asked = Request sent. The host will reply.
meal-you-wait = You’re on the waiting list. If a seat opens up, it’s yours.
meal-declined = The host couldn’t fit you in this time.
meal-ask = Ask to join
meal-join = Join
meal-wait = Join the waiting list
meal-leave = Leave
meal-leave-ask = Give up your place?
meal-leave-text = Whoever is next on the waiting list gets it.
meal-accept = Accept
meal-decline = Decline
write-invite = Host a meal
write-event = Host an event
write-title = Title
write-body = Text
write-body-hint = Use @username to mention someone. **bold** and - lists work.
write-tags = Tags (separate with commas or spaces)
write-send = Post
write-title-wrong = Add a title of up to 120 characters.
write-tags-wrong = Up to 8 tags, 24 characters each.
write-when = Date and time
write-when-missing = Choose a date and time within the next year.
write-venue = Place
write-venue-search = Find a place
write-venue-missing = Please choose a place.
write-seats = Guests (besides you)
write-minutes = How long
write-answer = When someone asks
write-open = Confirm at once
write-asks = I decide
person-posts = See posts
person-block = Block
person-unblock = Unblock
person-blocked = Blocked. You won’t see each other’s posts.
person-unblocked = Unblocked
person-meals = { $count ->
    [one] 1 review from a meal buddy
   *[other] { $count } reviews from meal buddies
}

# Chat
nav-chat = Chat
chat-title = Chat
chat-empty = No chats yet
chat-empty-text = Send a message from someone’s profile, or join a meal to chat with its people.
chat-find = Find a meal buddy
chat-sign-in = Sign in to chat with meal buddies
chat-unread = { $count ->
    [one] 1 new message
   *[other] { $count } new messages
}
chat-deleted = Message deleted
chat-nothing = No messages yet
chat-opening = Opening the chat…
chat-here = Online
chat-typing = { $name } is typing…
chat-read = Read
chat-read-by = read by { $count }
chat-waiting = sending
chat-stuck = Not sent. Send it again or delete it.
chat-stuck-blocked = Not sent. This person isn’t accepting messages.
chat-stuck-often = Not sent. Please send it again in a moment.
chat-stuck-old = This couldn’t be sent for a day. Send it now?
chat-write = Message
chat-send = Send
chat-edit = Edit
chat-save = Done
chat-cancel = Cancel
chat-reply = Reply
chat-replying = Replying to “{ $words }”
chat-older = Show earlier messages
chat-beginning = Start of the conversation
chat-leave = Leave chat
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
chat-muted = Muted
chat-log = Messages
chat-card = See place or recipe
meal-chat = Meal chat
person-write = Send a message

# What went wrong
field-invalid = That doesn’t work here. Please check it.
field-empty = This is empty. Write something.
field-too-short = Use at least { $min } characters.
field-too-long = Use up to { $max } characters.
field-out-of-range = Choose a number from { $min } to { $max }.
field-too-many = You can add up to { $max }.
field-unseen = There are hidden characters in it. Delete them and type it again.
field-reserved = This username isn’t available. Choose another.
field-not-ahead = Choose a time within the next year.
field-unknown = This place or recipe isn’t there any more. Choose another.
field-yourself = You can’t do this to yourself.
problem-not-found = It was deleted, or you can’t see it.
problem-forbidden = Your account can’t do this.
problem-unreachable = You can’t message this person.
problem-taken = This already exists. Please write it anew.
problem-deleted = This was deleted.
problem-changed = It was changed on another device in the meantime. Compare the two and choose.
problem-limit = It’s full. Take one out and try again.
problem-own-gathering = You’re the host, so you already have a seat.
problem-gathering-cancelled = This meal was cancelled.
problem-gathering-begun = This meal has already started.
problem-gathering-over = This meal is over.
problem-gathering-not-over = This meal isn’t over yet.
problem-fewer-seats = More people are already confirmed than that.
problem-not-together = You can write a review only after a meal together.
problem-too-large = It’s too long or too large. Shorten it and send it again.
problem-media = Photos can be JPEG, PNG, WebP or GIF.
problem-link = This link was used or is too old. Ask for a new one.
problem-newer-data = What’s saved here is from a newer HnH. Please update the app.
problem-not-understood = This app is too old to read that. Please reload.
seconds = { $count ->
    [one] 1 second
   *[other] { $count } seconds
}

photo = Photo
photos = Photos
photo-add = Add photos
photo-of = Photo { $number } of { $count }
photo-large = See larger: { $alt }
photo-alt = Photo { $number }: what it shows
photo-earlier = Move photo { $number } forward
photo-later = Move photo { $number } back
photo-remove = Remove photo { $number }
photo-unreadable = This file isn’t a picture we can read.
profile-picture = Your picture
profile-picture-choose = Choose a picture
profile-picture-remove = Remove
chat-photo = Send a photo
chat-send-card = Send something saved
chat-no-cards = Save a place or recipe with the heart to send it here.

blocked-title = Blocked people
blocked-text = You and they don’t see or reach each other.
moderation-title = Moderation
moderation-text = Moderators decide about what people report, and say why. Everybody can read it here.
moderation-queue = Waiting for a decision
moderation-queue-empty = Nothing to decide
moderation-log = Moderators’ decisions
moderation-log-empty = No decisions yet.
moderation-appeal = Appeal
moderation-by = Reported by
moderation-of = Written by
moderation-open = See post
moderation-reason = Your reason
moderation-reason-hint = Everybody can read it.
moderation-hide = Hide
moderation-restore = Show again
moderation-dismiss = Leave as it is
moderation-decided = Decided
appeal-text = A moderator hid this. Only you and moderators see it.
appeal-why = Why should it be shown again?
appeal-send = Ask for another look
appeal-sent = Thanks. A moderator will look at it again.
group-new = New group
group-name = Group name
group-people = Who’s in it
group-add = Add by username
group-add-send = Add
group-create = Start group
group-alone = Add at least one person.
group-unknown = Nobody has this username.
group-members = { $count } people
group-invited = { $name } was invited.
chat-search = Search messages
chat-search-none = No messages with these words.

corrections-title = Corrections by members
corrections-none = Nobody has corrected anything here.
corrections-make = Correct something
corrections-sign-in = Sign in to correct something
corrections-what = What should be right?
corrections-hours-hint = Such as Mo-Fr 11:00-21:00; Su off
corrections-here = I’m standing there
corrections-no-position = Your device doesn’t tell its position.
corrections-send = Send
corrections-hours-wrong = We couldn’t read these hours. Write them like Mo-Fr 11:00-21:00; Su off.
change-correction = Correction: { $words }
change-review = Review: { $eaten }
corrections-confirmed = Confirmed by a moderator
corrections-by = { $count ->
    [one] by 1 member, { $when }
   *[other] by { $count } members, { $when }
}
corrections-too = I say so too
corrections-take-back = Take back
reviews-title = { $count ->
    [0] Reviews
    [one] 1 review
   *[other] { $count } reviews
}
reviews-none = No reviews yet. How was it for you?
reviews-write = Write a review
reviews-rewrite = Rewrite my review
reviews-sign-in = Sign in to write a review
reviews-eaten = What did you eat?
reviews-understood = Did they understand your allergy or diet?
reviews-no-needs = I have none
reviews-text = How was it?
reviews-send = Post review
reviews-thanks = Thank you for your review.
reviews-delete-ask = Delete your review?
reviews-delete-text = It can’t be brought back.

write-address = Or another place
write-address-hint = Such as a hall, a park or a street with its number.
write-days = { $count ->
    [one] 1 day
   *[other] { $count } days
}
meal-your-turn = You’re number { $turn } on the waiting list.
calendar-title = Calendar
calendar-before = Month before
calendar-after = Next month
calendar-days = Days
calendar-day-with = { $count ->
    [one] { $day }: 1 meal or event
   *[other] { $day }: { $count } meals or events
}
calendar-none = Nothing planned here
calendar-none-text = Meals and events appear here as soon as someone hosts one.
calendar-follow = Follow the events in your own calendar

check-in-text = Going alone? Choose a friend who is told if you don’t say you’re home within an hour after the meal.
check-in-friend = Who to tell
check-in-nobody = Nobody
check-in-send = Choose
check-in-on = Your friend will be told if you don’t check in.
check-in-off = Nobody will be told.
check-in-set = { $name } is told at { $when } unless you say you’re home.
check-in-home = I’m home
check-in-take-back = Don’t tell anyone
check-in-done = You said you’re home.

# The kitchen: own recipes, plan, shopping
kitchen-parts = Kitchen
kitchen-find = Find
kitchen-book = My recipes
kitchen-plan = Plan
kitchen-shopping = Shopping
book-title = My recipes
book-new = New recipe
book-import = Bring recipes in
book-none = No recipes of your own yet
book-none-text = Write one down, or bring in those you have elsewhere. They stay on this device, and on all your devices once you sign in.
book-search = Search my recipes
book-lists = Lists
book-count = { $count ->
    [one] 1 recipe
   *[other] { $count } recipes
}
book-rated = { $rating ->
    [one] 1 star
   *[other] { $rating } stars
}
book-made = { $count ->
    [one] made once
   *[other] made { $count } times
}
book-export = Take all my recipes along as a file
editor-edit = Edit
editor-review = Check before keeping
editor-review-text = This is how it was read. Put right what is wrong, then keep it.
editor-title = Title
editor-title-wrong = Give it a title of at most 120 characters
editor-summary = In one sentence
editor-servings = Servings
editor-prep = Preparation, min
editor-cook = Cooking, min
editor-total = In all, min
editor-ingredients-hint = One a line. A line that ends in a colon begins a part, such as “Sauce:”
editor-read = How it is read
editor-read-none = Type ingredients, and their foods, figures and allergens stand here.
editor-figures = A serving has
editor-known = { $known } of { $all } lines count towards the figures
editor-change = Change
editor-change-food = Change the food of “{ $line }”
editor-which-food = Which food is it?
editor-food-words = Food
editor-food-default = As it was read
editor-steps-hint = One step a line. Times in a step become timers.
editor-notes = Notes
editor-lists = Lists
editor-lists-hint = Split by commas: Weeknights, Winter
editor-rating = How good is it?
editor-no-rating = No stars
editor-source = Where it is from
editor-keep = Keep
figure-at-least = At least: an ingredient is not counted
figure-at-least-note = ≥ At least so much: some ingredients are not counted, or their figures are not known.
import-lead = From a web page, a text or a file. You look at what was read before it is kept.
import-sign-in = Pages and files are read on the server, for people who are signed in.
import-reading = Reading…
import-address = From a web page
import-address-label = The page’s address
import-read = Read it
import-text = From a text
import-text-label = The recipe, as you have it
import-file = From files
import-file-text = Saved pages, Cooklang, JSON-LD, a folder of them as a ZIP, our own archive, or an export of Mealie, Tandoor, Paprika or RecipeSage; at most 10 MB each.
import-file-choose = Choose files
import-many-files = At most { $count } files at once. Pack a folder as a ZIP and choose that.
import-no-recipe = No recipe was found there. Paste its text instead.
import-unreachable = The page could not be fetched. Check the address, or paste the recipe’s text.
import-refuses = That site does not want programs to read this page. Copy the recipe’s text and paste it here.
import-several = { $count } recipes found
import-lines = { $lines } ingredients, { $steps } steps
import-unread = Nothing was found in: { $names }
import-keep = { $count ->
    [one] Keep 1 recipe
   *[other] Keep { $count } recipes
}
import-kept = { $count ->
    [one] 1 recipe kept
   *[other] { $count } recipes kept
}
own-not-counted = Not counted in the figures
own-put-right = Put it right
own-notes = Notes
own-share = Share
own-share-text = Others can read it by a link, without your notes, stars and lists. You can take the link back.
own-shared = Whoever has this link can read the recipe and keep a copy:
own-copy-link = Copy the link
own-share-link = Make a link
own-unshare = Take the link back
own-share-sign-in = Sign in to share it by a link.
own-files = Or take it elsewhere:
own-json = JSON-LD
own-cooklang = Cooklang
own-delete = Delete
own-delete-question = Delete this recipe?
own-delete-text = It is gone from all your devices, and its link leads nowhere.
own-made-on = Made on
own-made = Made it
own-made-days = Made on { $days }
shared-title = A shared recipe
shared-keep = Keep a copy
recipe-copy = Copy and change
shopping-title = Shopping list
shopping-lists = Lists
shopping-first = Shopping
shopping-none = Nothing to buy
shopping-none-text = Put a recipe’s ingredients here from its page, or type what you need.
shopping-own = Add something
shopping-own-add = Add
shopping-left = { $left } of { $all } left to buy
shopping-basket = In the basket
shopping-clear = { $count ->
    [one] Take out 1 bought line
   *[other] Take out { $count } bought lines
}
shopping-remove = Take out { $name }
shopping-about = about { $amount }
shopping-people = Who shares this list
shopping-share = Share the list
shopping-share-text = Who shares it sees and ticks the same list, each on their own phone.
shopping-share-sign-in = Sign in to share it with somebody.
shopping-send = Send as text
shopping-copied = The list is copied
shopping-new = New list
shopping-name = Name of the list
shopping-leave = Leave the list
shopping-delete = Delete the list
shopping-delete-question = Done with this list?
shopping-leave-text = The others keep it.
shopping-delete-text = The list and all its lines are gone.
shopping-add = Shopping list
shopping-which = What do you need?
shopping-which-text = Untick what you have at home; it is remembered.
shopping-put = { $count ->
    [one] Put 1 line on the list
   *[other] Put { $count } lines on the list
}
plan-title = Meal plan
plan-week = { $from } – { $to }
plan-week-before = The week before
plan-week-after = The week after
plan-add = Plan it
plan-add-on = Plan a meal on { $day }
plan-what = What?
plan-what-hint = Search recipes, or write anything: “at Mina’s”
plan-another = Something else
plan-day = Day
plan-time = Meal
plan-servings = Servings
plan-leftover = Left over from another meal: nothing is bought for it
plan-is-leftover = left over
plan-put = Put on the plan
plan-wrong = Choose a day and how many servings
plan-of-goal = of { $goal }
plan-known = Figures are known for { $known } of { $all } meals
plan-change = Save
plan-open = Open the recipe
plan-invite = Invite to this meal
plan-remove = Take off the plan
plan-shop = Shop for this week
plan-repeat = Repeat next week
plan-calendar = Calendar file
plan-goals = My goals for a day
plan-goal-energy = Energy, kcal
plan-goal-protein = Protein, g
plan-goal-sodium = Sodium at most, mg
change-recipe = Recipe “{ $title }”
change-meal = Meal plan: { $words }
change-shopping = Shopping list
timer-minutes = Minutes
timer-seconds = Seconds
timer-begin = Start
timer-wrong = Give it a time of up to a day
settings-units = Kitchen units
units-metric = g, ml, °C
units-us = oz, cups, °F
