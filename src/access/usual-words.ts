/**
 * What most people take who think of nothing: the words, without the digits and marks they put around them. Written by hand; the rules beside it catch
 * what follows a pattern, so that this need not be long.
 */
const WORDS = `
abcd access account admin adminadmin administrator airport america amanda andrew angel angels anthony apple arsenal ashley asshole austin
babygirl bailey barcelona baseball basketball batman beautiful benjamin beautifull biteme blink bluesky bonjour boston brandon bubbles buster butterfly
camera cameron changeit changeme changethis charlie cheese chelsea chicken chocolate chris christian computer cookie corvette cowboy
daniel default dennis diamond doctor dolphin donald dragon dragons eagles einstein elephant eminem enter estrella everton
family ferrari fishing flower flowers football forever formula freedom friend friends fuckoff fuckyou
gateway ganteng geheim george ginger google guest guitar hallo hammer hannah harley heather hello helloworld hockey hottie hunter
iloveu iloveyou ilovegod inlove internet isabella jasmine jennifer jessica jessie jesus jordan joseph joshua juventus
killer kitten knight letmein lifehack liverpool login lover lovely loveme lovers loveyou lucky
maggie manager manchester mariposa marina martin master matrix matthew melissa mercedes merlin michael michelle mickey midnight monkey monster mustang mynoob
naruto natasha network newyork nicholas nicole nothing oliver orange
pass passw passwd password passwords passwort passwords pepper phoenix player please pokemon porsche preciosa princess private purple
qazwsx qwerty qwertz rachel rainbow ranger realmadrid rebecca remember richard robert rocket rollcall root router
samantha samsung scooter secret secure security server service shadow silver simple slipknot snoopy soccer sommer spider spiderman startrek
starwars steelers steven success sunflower sunset sunshine superman superstar support supervisor sweetheart swordfish sysadmin system
teamo temp temporary tennis test testing testtest thomas thunder tigger tinker trustno trustnoone twilight
unknown user username vanessa victoria viking warrior welcome whatever william willkommen winner winter wizard yankees yellow zaq
`;

export const USUAL_WORDS: ReadonlySet<string> = new Set(WORDS.trim().split(/\s+/));
