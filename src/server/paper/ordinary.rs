//! Which words of a place tell where it is when they stand alone: "Larkspur" of
//! "14 Larkspur Close" does, "Close" is any close.

/// What a word of a place tells by itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Telling {
    /// Nothing: every town has one.
    Nothing,
    /// Only where it is written as a name is.
    AsAName,
    /// The place, however it is written.
    Anyhow,
}

/// Kinds of streets, houses and schools, what stands before and between, days, months
/// and countries.
const KINDS: &str = "
    street road avenue close lane terrace drive court crescent gardens garden grove square place park flat way
    walk row mews rise hill view green end side cottage cottages house houses lodge farm barn mill hall manor
    estate apartment apartments room floor unit block building buildings villa villas yard wharf quay gate bank
    croft vale valley heights mount top common heath moor field fields meadow meadows wood woods corner cross
    path track parade bypass circle circus loop ridge bungalow annexe annex studio home homes care box hostel
    caravan site school schools primary secondary academy college nursery infant infants junior juniors high
    community special preschool kindergarten church england ce rc catholic sixth form centre center provision
    alternative tuition tutor tutors tutoring education educated online hospital learning reception class year
    grade grammar comprehensive free foundation trust federation campus group playgroup pre day mornings morning
    afternoons afternoon none not known unknown the of at on in by upon under over next near off with and to for
    from no number co le la de north south east west northern southern eastern western upper lower great greater
    little old new long middle first second third monday tuesday wednesday thursday friday saturday sunday
    january february march april may june july august september october november december wales scotland ireland
    united kingdom uk gb britain british english city town village county district borough";

/// Words of every day that streets, schools and people are called by too.
const EVERYDAY: &str = "
    abbey acorn alder alma amber anchor angel apple arch archer art ash aspen autumn back badger baker banks
    barber bath bay beach beacon bean beech bell berry best bet bill birch bird bishop black bloom blossom blue
    bluebell bob bolt bond book bow brae bramble brand bridge bright brighter broad broadway brook broom brown
    bull burn bush butcher butler butterfly canal canterbury cardinal carol carpenter case castle cat cedar
    chance chapel charity chase cherry chestnut children chip churchill circuit clay clear cliff clover coach
    coast cook cooper copper cornfield cow crane cricket crown daisy dale dance dawn dean deer dell discovery
    dock dot dove drake dream drew driver drum duke eagle early edge elder elm emerald engine eve example excel
    excellence exchange factory fair fairy faith falcon farmer fern ferry finch fir fire fish fisher flood
    flower foot force ford forest forge fort fortune fountain fox frank friar friars friend friends front future
    game garland gene gift glade glebe glen goal gold golden grace grain grange grant grass gray grey groom guy
    ham hamlet hand harbour hare hart harvest hawk hawthorn hay hazel head heart heather hedge helm heritage
    hero holly holy honey honeysuckle hood hook hope horizon horse hunt hunter hunters inspire iris iron island
    ivy jack jade jasmine jay joiner joy jubilee just key kid king kingfisher kings kit knight lake lakes lamb
    lantern larch lark laurel lavender law leader leaf leap lemon liberty light lighthouse lily lime lion lock
    london lord love magnolia major maple mark marker market marsh marshall mason master mat mate max mayor mean
    memorial merchant miles miller mint monk moody moon moss mountain museum nail narrow nature neat nest nick
    nightingale noble nun oak oaks ocean office olive opal open orange orchard otter outlook owl page paint
    palace palm parent parish parker parsonage pat patch peace peach pear pearl peel penny people pilgrim pine
    pioneer pip pipe pit plain plant plate playing pleasant plum point pond pool poplar poppy port post potter
    pound power price primrose prince princess print prior priory progress prospect proud quarry queen queens
    quick rabbit railway rain rainbow ram rank ray read red reed regent rice rich ring river riverside rob robe
    robin rock rook root rose rowan royal ruby rush sage sail saint salmon salt sand sands sandy sea seven sharp
    shaw shell shepherd ship shoe shore short silver sister sisters skinner skylark smith snow song spark spear
    speed spell spinney spring springs squirrel stable stamp star start station steep step stock stone storm
    story strange stream strong success sue summer summit sun sunny sunrise sunset swallow swan swift sycamore
    table tailor tall tanner teacher temple test thistle thorn thrush tide together tower train tree trees
    trinity trip tudor tune turn turner unity university victoria victory vine violet vision wade wait walker
    wall ward warren water waterloo watermill waters weaver week well wells wheat wheel whistle white wild will
    willow willows win wind windmill windsor wing winter wise wish wolf word work world worth wren write yellow
    yew young";

/// What a word tells. It is spelt for comparing: in small letters, without accents.
pub fn telling(word: &str) -> Telling {
    let is_in = |list: &str| list.split_whitespace().any(|one| one == word);
    if word.chars().count() < 3 || word.contains(|c: char| c.is_ascii_digit()) || is_in(KINDS) {
        Telling::Nothing
    } else if is_in(EVERYDAY) {
        Telling::AsAName
    } else {
        Telling::Anyhow
    }
}

/// Whether a line of an address is the country's, which is everybody's.
pub fn is_country(line: &str) -> bool {
    matches!(line, "england" | "wales" | "scotland" | "uk" | "gb" | "united kingdom" | "great britain")
}

/// A name as it stands for one, for all who bear it, and for what is theirs.
pub fn forms(name: &str) -> Vec<String> {
    let mut forms = vec![name.to_string(), format!("{name}s")];
    if name.ends_with(['s', 'x', 'z', 'o', 'h']) {
        forms.push(format!("{name}es"));
    }
    forms.extend(name.strip_suffix('y').map(|stem| format!("{stem}ies")));
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_of_street_tells_nothing_and_a_rare_name_tells_the_place() {
        for word in ["close", "road", "green", "the", "14", "14a", "ab"] {
            assert_eq!(telling(word), Telling::Nothing, "{word}");
        }
        for word in ["orchard", "church", "station"] {
            assert_ne!(telling(word), Telling::Anyhow, "{word}");
        }
        for word in ["larkspur", "hazelbank", "wrenford"] {
            assert_eq!(telling(word), Telling::Anyhow, "{word}");
        }
    }
}
