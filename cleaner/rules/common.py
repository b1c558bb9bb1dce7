"""Words that say little about what a text is: so common that to look for them finds every text."""

COMMON = frozenset(
    word
    for line in (
        "a about after all also an and are as at be been but by can do for from had has have he her his i if in into",
        "is it its more my new no not of on one or other our out over said she so some than that the their there",
        "they this to two up us was we were what when which who will with would you your",
        "als am an auch auf aus bei bis das dem den der des die ein eine einen einer er es für hat ich ihr ihre im",
        "ist mehr mit nach nicht noch nur oder sich sie sind so über um und uns von vor war wenn werden wie wir wird",
        "zu zum zur",
        "au aux avec ce ces cette dans de des du elle en est et il la le les leur mais ne nous on ou par pas plus pour",
        "qu que qui sa se ses son sur un une vous con como da do dos e el em esta este han ha lo los más na não o os",
        "para pela pelo pero por ser si sin su sus também uma y ya al che dal dei del della di gli i nel nella non per",
        "più sono sul una uno",
        "aan bij dat door een er het hij ik maar met naar niet nog of om ook op te uit van voor wordt ze zijn att av",
        "det då ett fra från för har hos ikke inte jeg kan med men mot når og om på sig som till til var vi vid är",
    )
    for word in line.split()
)
"""The commonest words of the languages written with spaces: in a text of that language they say nothing."""

USUAL = frozenset(
    word
    for line in (
        "able access according account across actually add added additional advanced affordable against agency air",
        "alle alles allow allows along already always american among analysis analytics andere anderen année",
        "années another ans answer any app application applications approach apps apr april après area areas",
        "around art article articles attention aug august aussi author autres available avant average avoid avoir",
        "away año años back bank based basic battery because become before behavior beim being below benefits",
        "bereits best better between beyond bien big billion bit body book books both brand brands bring budget",
        "build building built business businesses buy call called calls camera cameras car care career case center",
        "certain challenges change changes check choice choose church city ciudad clear client clients cloud code",
        "coffee college come comes comfortable comment comments common community companies company complete",
        "complex conditions cons consider content contre control copyright core cost costs could council country",
        "course courses court coverage create creating credit cuando current customer customers dabei daily damit",
        "dann dass data day days debe dec december demand depuis desde design designed deux developers development",
        "device devices did didn diet different digital directly doch does doing doit don donate donation donde",
        "done down download drei drive drop due during día días each early easier easily easy eating editor",
        "effective efficient election email employees encore end energy enough ensure entre equipment erste ersten",
        "especially essential estar euro euros even event events ever every everyone everything example excellent",
        "expect expensive experience experts extra faire fait family far fast faster feature features feb february",
        "feel few final financial find first fit five focus follow following food foods form found four framework",
        "frau free friday friendly front full funded future gegen gens gente gestern get getting give global goal",
        "goals gobierno going good got gouvernement government great group grow growing growth guide hace hacer",
        "half hand handle hard hasta having health healthy help helps here heures heute high higher highly home",
        "horas hours house how however human idea image images immer impact important improve inch include",
        "includes including increase index industry information infrastructure insights instead insurance",
        "interface international issues items jahr jahre jahren jan january job join jour journal journalist jours",
        "jul july jun june just kann keep key kinder know known können könnte land language large last latest lead",
        "learn learning least leave left less let letter letters leurs leute level life light like likely likes",
        "limited line list listen little live local login long longer look looking loss lot love low lower machine",
        "machines made major make makes making man management mann many mar march market marketing may means media",
        "medical member members menschen mental mes might miles million millionen millones mind minister ministre",
        "ministro minutes mismo mobile model models modern mois monat monday money month months morgen most move",
        "moving much multiple music muss must muy même müssen name national native need needed needs network neue",
        "neuen neuer never news newsletter newspaper next night noise nov november now number oct october off",
        "offer offering offers office often ohne old once online only open opportunities option options order",
        "organizations others otro otros overall own owned page pages paid paper part parte partei party past pay",
        "pays país pendant people percent perfect performance person personal peut phone photo photos pick picture",
        "place plan planning plans plant plants platform platforms play point police policy polizei popular",
        "possible post potential power practices premier première president presidente press price prices pricing",
        "primer primera private pro problem problems process product production products professional",
        "professionals program programs project projects pros provide provides prozent président public published",
        "puede put quality question questions quickly raised range rate rates rather read reader readers reading",
        "ready real really recommend reduce regierung register report reported reporter reports require required",
        "research resources rest results return review reviews right rights risk river room run running sale sales",
        "same sans saturday save say says scale school schule science search second security see seen según seit",
        "self selon semaine semana sense sep september service services set several share shares shoes shop",
        "shopping short should show side sign similar simple since single site size skills small smart sobre",
        "social software soll sollen sollte solutions something sometimes sound source sources sous space specific",
        "speed stadt standard start started starting state states stay step still storage store stories story",
        "strategy strong students style subscribe subscribers success such sunday support sure system systems tag",
        "tage take takes taking también tasks tax team teams tech technical technology teil term test tested",
        "testing tests them then these thing things think third those though three through thursday tiempo time",
        "times tips toda todas today todo todos together too tool tools top total toujours tous tout toute toutes",
        "town traditional traffic train training travel trends tres trial trip trois trust try très tuesday turn",
        "type types uhr under understand understanding unique united university updated use used user users uses",
        "using usually value variety various very video viele vielen view views village ville visit want watch",
        "water way ways web website wednesday week weekly weeks wegen weight weiter welcome well where whether",
        "while whole why wide wieder within without woche won work working works world worth writing während year",
        "years yes yet yourself zeit zwei zwischen être",
    )
    for word in line.split()
)
"""Words that a page of running text holds easily: about one in ten thousand, by count in news and magazines."""
