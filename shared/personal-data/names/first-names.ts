/**
 * First names in use in the languages customers write, without accents and in small letters: the more frequent ones of each country and of
 * its larger groups of immigrants. What is missing is found by where it stands (see the cues).
 */
const LISTS = {
  english: `aaron abigail adam adrian agnes aidan alan albert alex alexander alexandra alexis alfie alice alicia alison allison alma alyssa amanda amelia
    amir amy andrea andrew angela angus anita ann anna annabel anne annie anthony antonia archie ariana arnold arthur ashley ashton audrey aubrey ava
    avery barbara barry beatrice becky belinda ben benjamin bernard bernice bert beth bethany betty beverly blake bonnie bradley brandon brenda brendan
    brett brian bridget bruce bryan caitlin caleb calvin cameron candice carl carla carmen caroline carolyn catherine cathy cecilia cedric celeste
    chad charles charlie chelsea cheryl chloe chris christina christine christopher cindy claire clara clarence claude claudia clayton clive cody colin
    connor constance cora corey craig curtis cynthia dan dana daniel danielle danny daphne darren dave david dawn dean deborah debbie declan denise
    dennis derek desmond diana diane dominic donald donna doris dorothy douglas duncan dustin dylan ed eddie edgar edith edmund edward edwin eileen
    elaine eleanor elena elijah eliza elizabeth ella ellen ellie elliot elliott elsie emily emma eric erica erin esme esther ethan eugene eva evan eve
    evelyn evie ezra felicity felix fergus finlay finn fiona flora frances francis frankie fred freda frederick freya gabriel gabrielle gail gareth
    gary gavin gemma geoffrey george georgia georgina gerald geraldine gerard gillian gina gladys glenn gloria gordon graham greg gregory greta gwen
    gwendolyn hannah harold harriet harrison harry harvey hayley heather heidi helen helena henry herbert hilary howard hugh hugo ian imogen ingrid
    irene isaac isabel isabella isla isobel jacob jackie jacqueline jake james jamie jane janet janice jared jasmine jason jean jeff jeffrey jenna
    jennifer jenny jeremy jerome jerry jesse jessica jill jim jimmy joan joanna joanne joe joel john johnny jon jonah jonathan joseph josephine josh
    joshua joyce juan judith judy julia julian julie juliet june justin kaitlyn karen karl kate katherine kathleen kathryn kathy katie kayla keith
    kelly ken kenneth kerry kevin kieran kim kimberly kirsten kirsty kristen kristin kyle lachlan lara larry laura lauren laurence lawrence leah lee
    leila lena leo leon leonard leroy leslie lewis liam libby lilian lillian linda lindsay lisa liz lloyd logan lois lorna lorraine louis louisa louise
    lucas lucia lucinda lucy luke lydia lynn mabel mackenzie maddie madeleine madison maggie malcolm mandy marcia marcus margaret maria marian marie
    marilyn marion marissa marjorie marlene marsha martha martin marvin mary matilda matt matthew maureen maurice megan melanie melinda melissa mia
    michael micah michelle mike mildred millie milo miriam mitchell mohammed molly monica morgan muriel myra nadia nancy naomi natalie natasha nathan
    nathaniel neil nell nellie nicholas nicola nicole nigel nina noah noel nora norma norman oliver olivia oscar owen paige pamela patricia patrick
    paul paula pauline peggy penelope percy peter philip phillip phoebe polly poppy preston quentin rachel ralph ramona randy raymond rebecca reginald
    rhys richard ricky riley rita robert roberta roderick rodney roger roland ronald ronnie rory rosalind rosemary rosie ross rowan roy rupert russell
    ruth ryan sabrina sadie sally sam samantha samuel sandra sara sarah saul scarlett scott sean sebastian selina shane shannon sharon shaun shawn
    sheila shelley sherry shirley sian sidney silas simon siobhan sonia sophia sophie spencer stacey stacy stan stanley stella stephanie stephen steve
    steven stewart stuart susan susannah suzanne sybil sylvia tabitha tamara tammy tanya tara ted teresa terence terry tessa thelma theo theodore theresa
    thomas tiffany tim timothy tina toby todd tom tommy toni tony tracey tracy trevor tristan troy tyler tyrone ursula valerie vanessa vera vernon
    veronica vicky victor vincent viola virginia vivian vivien wallace walter wanda warren wayne wendy wesley wilfred william wilma winifred winston
    yolanda yvette yvonne zac zach zachary zara zoe deshaun lamar jamal keisha latoya darnell trey`,
  world: `aarav aditi aditya ahmad ahmed aisha akash akira ali alibek amara amina amit amrita anand ananya anika anil anita anjali ankit arash arjun
    asha ashok ayaan ayesha babak bilal chandra chen chi chiara chidi chinedu darius deepa deepak dev devi dina divya ebru elif emeka emre fadi farah
    farid fatima fatou fatma feng gita habib hadi hakim hamid hana hang hao haruto hassan hiroshi hong huda hussein ibrahim idris imran irina ivan jamila
    javed jia jin jing jun kavita kaya kazuki kenji khadija khalid kofi kunal kwame lakshmi lan layla lei leyla lin ling linh mahmoud malik manish mariam
    maryam mehdi mehmet mei meera ming minh mohamed mohammad mona muhammad murat mustafa nadeem nasir natalia neha ngozi nguyen nikhil nisha noor nour
    obinna olga oluwaseun omar osman ousmane pooja priya qing rahim rahul raj rajesh rakesh rania ravi reza rohan rosa sabrina sachin sadia said salim
    salma samir sana sandeep sanjay santosh satoshi sekou selim selma seung shan shanti shreya siddharth sina sofia soren suleiman sunil sunita svetlana
    tae takeshi tanvi tarek tariq tatiana thi thuy uma usha vijay vikram vladimir wang wei xiao xin yan yang yara yasmin yasmina yi ying yousef youssef
    yuki yusuf yuto zahra zainab zeynep zhang ayse cem esra hatice huseyin kemal ozlem serkan sevgi tuncay ugur umit yasemin olena oksana andriy dmytro
    bogdan agnieszka andrzej ania beata ewa grzegorz jacek jakub joanna kasia katarzyna krzysztof lukasz maciej magdalena malgorzata marcin mateusz
    monika paulina pawel piotr tomasz wojciech zbigniew zofia jiri pavel petr zuzana laszlo zsofia istvan ioana andrei mihai radu elena naoual abena
    akosua adama aminata mamadou moussa ibrahima cheikh ndeye`,
  german: `achim adelheid alexandra alfred alina alois amelie andreas angelika anja anke annalena anne annegret anneliese annette annika antje antonia
    arne armin arno astrid axel barbara bastian beate ben benedikt benjamin bernd bernhard bettina birgit birte bjorn boris brigitte bruno burkhard carina
    carla carolin carsten caroline charlotte christa christel christian christiane christina christine christoph clara claudia clemens conrad constanze
    cornelia dagmar daniela detlef dieter dietmar dietrich dirk dominik doris dorothea eberhard eckhard edeltraud edith egon elfriede elias elisabeth elke
    ella elmar emil emilia emma erich erika erna erwin esther eugen eva evelyn fabian falk felix ferdinand finn florian frauke franz franziska frederik
    friedhelm friederike friedrich fritz gabi gabriele georg gerd gerda gerhard gerlinde gernot gertrud gisela gottfried greta gregor gudrun gunnar gunter
    gunther gustav guido hanna hannah hannes hannelore hans harald hartmut hedwig heide heidi heike heiko heiner heinrich heinz helga helene helmut henning
    henrik henry herbert hermann hildegard holger horst hubert hugo ida ilona ilse ina inga inge ingeborg ingo ingrid irene iris irmgard isabell isabella
    jakob jan jana janina jannik jannis jasmin jens jessica joachim jochen johann johanna johannes jonas jonathan jorg josef josefine julia julian juliane
    julius jurgen jutta kai karin karina karl karla karlheinz karola karsten katharina kathe katja katrin kerstin kilian kirsten klara klaus konrad
    konstantin kornelia kristin kristina kurt lara lars laura laurin lea leandra lena leni lennart leo leon leonie leopold levin liesel lilli lina linda
    lisa lorenz lothar lotte louisa luca ludwig luis luisa lukas luise mads maik maike maja malte mandy manfred manuela marc marcel marco margarete margit
    margot maria marianne marie marina mario marion marius markus marlene marlies martha martin martina mathias mathilda matthias mats maximilian mechthild
    melanie merle michael michaela mia mika milena mira miriam monika moritz nadine nadja natalie nele nicola nicolas nicole niklas nils nina noah norbert
    ole olaf oliver oskar oswald otto pascal patricia patrick paul paula paulina petra philipp pia rainer ralf ramona rebekka regina reiner reinhard
    reinhold renate rene richard robert robin roland rolf romy ronja rosemarie rosemarie roswitha rudi rudiger rudolf ruth sabine sabrina samuel sandra
    sara sarah sascha saskia sebastian siegfried siegrid sigrid silke silvia simon simone sina sonja sophia sophie stefan stefanie steffen susanne sven
    svenja swantje sybille tamara tanja theresa thilo thomas thorben thorsten tilman tim timo tina tobias tom torben torsten traudel udo ulf uli ulla
    ulrich ulrike ursel ursula ute uwe valentin vanessa vera verena veronika viktor viktoria vincent volker walburga walter waltraud wenke werner wiebke
    wilfried wilhelm willi winfried wolfgang yannick yvonne`,
  french: `abel adele adeline adrien agathe agnes aime alain alban albert alexandra alexandre alexia alexis alice aline alix amandine amelie anais andre
    andree anne annick annie anouk antoine antoinette apolline ariane arlette armand armelle arnaud arthur astrid aude audrey auguste augustin aurelie
    aurelien aurore axelle baptiste barbara basile bastien beatrice benedicte benjamin benoit berenice bernadette bernard berthe bertrand brice brigitte
    bruno camille capucine carine carole caroline cassandre catherine cecile cedric celestin celia celine chantal charlene charles charline charlotte
    chloe christel christelle christian christiane christine christophe claire clarisse claude claudette claudine clemence clement cleo clothilde colette
    coline coralie corentin corinne cyprien cyril cyrille damien daniel daniele danielle david delphine denis denise desire diane didier dominique
    dorothee edgar edith edmond edouard eleonore eliane elisabeth elise eliott elodie eloise elsa emeline emilie emile emilien emma emmanuel emmanuelle
    enzo eric esteban estelle esther etienne eugene eugenie eva evelyne fabien fabienne fabrice fanny felicie felix fernand flavie flavien florence
    florent floriane florian francine francis franck francois francoise frederic frederique gabin gabriel gabrielle gael gaelle gaetan gaspard gaston
    genevieve geoffrey georges gerald gerard germaine ghislain ghislaine gilbert gilberte gilles ginette gisele gregoire gregory guillaume gustave guy
    gwenaelle gwendoline helene henri henriette herve hortense hubert hugo hugues huguette ines irene isabelle ismael jacqueline jacques jade jean jeanine
    jeanne jeannine jerome jeremie jeremy joel joelle jonathan jordan joseph josephine josette josiane jules julie julien juliette justine karim karine
    kevin killian laetitia lara laura laure laurence laurent laurie lea leila lena leo leon leonie leopold leo liliane lilou lina lionel lise loic lola
    lorraine louis louise loup luc lucas lucette lucie lucien lucienne lucile ludivine ludovic lydie mael maelle maelys madeleine magali manon manuel marc
    marceau marcel marcelle margaux margot marguerite marianne marie marielle marin marine marion marius marjolaine martial martin martine mathieu mathilde
    mathis matthieu maud maurice maxence maxime medard melanie melissa melodie mehdi michel michele micheline mireille monique muriel mylene myriam nadege
    nadia nadine nathalie nathan nicolas nicole nina noe noel noelle noemie odette odile olivier olympe oriane oscar pascal pascale patrice patricia patrick
    paul paule paulette pauline perrine philippe philomene pierre pierrick prune quentin raoul raphael raphaelle raymond raymonde regine regis remi remy
    renaud rene renee richard robert roger roland romain romane romuald roseline roxane sabine sabrina sacha salome samuel sandra sandrine sarah sebastien
    serge severine sidonie simon simone solange solene sophie stanislas stephane stephanie suzanne suzy sylvain sylvaine sylvestre sylvie tania tatiana
    teddy theo theodore therese thibaud thibault thierry thomas timothee titouan tristan ugo urbain ursule valentin valentine valere valerie vanessa
    veronique victoire victor victoria vincent viviane xavier yann yannick yasmine yohan yolande yves yvette yvon yvonne zacharie zoe`,
  spanish: `aaron abel abril adela adolfo adrian adriana agata agustin aida ainhoa aitana aitor alba alberto alejandra alejandro alejo alexia alfonso alfredo
    alicia alma alonso alvaro amaia amalia amanda amparo ana anabel andrea andres angel angela angeles angelica angelina anselmo antonia antonio aranzazu
    araceli ariadna armando arturo asuncion aurelia aurelio aurora azucena barbara bartolome beatriz begona belen benito berenice bernardo berta blas
    bruno camila candela carla carlos carlota carmela carmen carmina carolina catalina cecilia celeste celia cesar claudia clemente concepcion concha
    consuelo cristian cristina cristobal daniel daniela david delia diana diego dolores domingo edgar eduardo elena elias elisa eloy elsa elvira emilia
    emilio emma encarnacion enrique ernesto esperanza esteban estefania estela ester esther eugenia eugenio eulalia eusebio eva evaristo fabian fabiola
    fatima federico felipe felisa felix fermin fernanda fernando fidel francesc francisca francisco fran gabriel gabriela gema gemma gerardo german gerard
    gines gisela gloria gonzalo gregorio guadalupe guillermina guillermo gustavo hector helena herminia hernan hilario hortensia hugo humberto ignacio iker
    imanol ines inmaculada inigo irene iria iris isaac isabel ismael itziar ivan izaskun jacinto jacobo jaime javier jeronimo jesus jimena joan joaquin
    joel jordi jorge jose josefa josefina josep juan juana juanjo julia julian juliana julieta julio justo karina lara laura leandro leire leo leonardo
    leonor leopoldo leticia lidia lina lola lorena lorenzo lourdes lucas lucia luciano luis luisa lupe macarena magdalena maite manola manolo manuel manuela
    mar mara marc marcela marcelo marcos margarita maria mariana mariano maribel maricarmen marina mario marisa marisol marta martin martina mateo matias
    mauricio maximo melchor mercedes micaela miguel mikel milagros miranda miren mireia miriam modesto moises monica montse montserrat nadia narciso
    natalia nacho nerea nicolas nieves noa noelia norma nuria octavio ofelia olga oliver olivia omar oriol oscar pablo paco paloma paola pascual patricia
    patricio paula paulina pedro pepe pepa petra pilar placido pol quique quim rafael rafa ramiro ramon raquel raul rebeca remedios ricardo rita roberto
    rocio rodolfo rodrigo rogelio roman romina ruben rufino salvador samuel sancho sandra santiago santi sara saul sebastian segundo selena sergi sergio
    silvestre silvia simon sofia soledad sonia susana tamara tatiana telmo teo teodoro teresa tomas trinidad unai ursula valentin valentina valeria vanesa
    vega vera veronica vicente victor victoria vidal virginia wenceslao xabier xavi xavier ximena yago yaiza yolanda zaida`,
  dutch: `aafke aaltje aart adriaan adri agnes aleida alida anja anke anna anne annelies annemarie annemieke anneke annet annette anouk ans antje antonie antoon
    ard arend ariane arie arjan arjen arnold arthur aukje barbara bart bas bastiaan beatrijs berend bernadette bert bertus bianca bjorn bob boudewijn
    bouke bram brigitte britt carla carolien casper cees chantal charlotte chris christiaan christel claudia coen constantijn cor cora corine cornelia
    cornelis daan daniek danielle debby dick diederik diede dineke dirk dorien douwe edwin eefje eelco elien eline elisabeth elise ellen elly els elsbeth
    emma enno eric erik erna ernst erwin esmee esther eva evelien evert femke ferdinand fien fleur floor floris fokke foppe franciscus frank frans
    frederik freek frits froukje geert geertje geertruida gerard gerben gerda gerrit gert gertjan giel gijs gijsbert gilles grietje guus hanna hanneke
    hannah hans harm harmen harry heleen helena hendrik hendrika henk henny henriette herman hessel hidde hilde hugo ieke ilse ineke inge ingeborg ingrid
    irma isa isabel ivo jaap jacco jaco jacob jacqueline jacques janneke jannes jans janine jasmijn jasper jelle jelmer jennifer jeroen jesse jet jetske
    jette joep johan johanna johannes jolanda jolien joos joost joris jorn jorrit josephine jos judith julia jurgen jurre karel karin karlijn kasper kees
    kevin kim klaas klaartje koen koos lars laura laurens leendert lennart leo leon leonie leontien lex lia lianne lies liesbeth lieke lieselot lieve
    linda lisa lisanne lodewijk loes lotte louis louisa lucas luc luuk maaike maarten maartje machteld madelief maike manon marc marcel margot margriet
    maria marianne marieke marije marijke marijn marina mariska marit marja marjan marjolein marleen marlies martijn martin martine martje mathijs matthijs
    maud maurits max mees mees meindert menno merel mia michiel mieke mirjam mirthe monique myrthe nadine naomi natasja neeltje nick nicole nicolien niek
    niels nienke nina noor noortje odette olaf olga onno otto patrick paul pepijn peter petra philip piet pieter pim puck quinten ralph reinier remco renate
    rene renske reinout rianne richard riet rik ria rob robbert robin roel roelof roland rolf romy ronald rosalie ruben ruth rutger ruud saar sabine sam
    sandra sander sanne sara saskia sebastiaan sem sharon siebren siem sietske sigrid silke simone sjaak sjoerd sjors sofie sonja stan stefan stefanie
    sterre steven stijn suus suzanne sven sylvia tamara tanja ted teun teunis tess theo theodora thijs thomas tijmen tijn timo tineke tjeerd tjitske toine
    ton tom toon truus valerie veerle vera victor vincent violet wendy werner wessel wiebe wietske wilhelmina willem willemijn willemien wim wouter xander
    yara yvette yvonne zoe`,
  italian: `ada adele adriana adriano agata agnese agostino alberto alda aldo alessandra alessandro alessia alessio alfio alfonso alfredo alice amalia
    amedeo andrea angela angelica angelo anita anna annalisa annamaria annarita antonella antonia antonio arianna armando arturo asia attilio augusto
    aurora barbara bartolomeo beatrice benedetta benedetto bernardo bettina biagio brigida bruna bruno camilla carla carlo carlotta carmela carmelo
    carmine carolina caterina cecilia celeste cesare chiara cinzia claudia claudio clelia clemente concetta corrado cosimo cristian cristiana cristiano
    cristina dalila damiano daniela daniele danilo dario davide debora denis diego dina domenica domenico donatella donato edda edoardo elda elena eleonora
    elettra elia eliana elisa elisabetta emanuela emanuele emilia emilio emma enrica enrico enzo ernesto eros ettore eugenia eugenio eva fabiana fabio
    fabiola fabrizio fausta fausto federica federico felice ferdinando fernanda ferruccio filippa filippo fiorella fiorenza flavia flavio fortunato
    francesca francesco fulvio gabriele gabriella gaetano gaia gaspare gennaro gerardo giacomo giada gianfranco gianluca gianluigi gianmarco gianni
    gianpaolo giancarlo gianna gilberto gina ginevra gino giordano giorgia giorgio giovanna giovanni giuditta giulia giuliana giuliano giulio giuseppe
    giuseppina giusy graziano graziella grazia greta guglielmo guido ida ignazio ilaria immacolata ines irene isabella italo ivana ivano jacopo katia lara
    laura lea leonardo leone letizia lia liana licia lidia liliana lina linda lino lisa livia livio loredana lorella lorena lorenza lorenzo luca lucia
    luciana luciano lucrezia ludovica ludovico luigi luigia luisa maddalena manuela mara marcella marcello marco margherita maria marianna mariangela
    maria mariarosa marica marina mario marisa maristella marta martina martino massimiliano massimo matilde matteo mattia maura maurizio mauro melissa
    michela michele michelangelo milena mimmo mirco mirella miriam monica morena nadia natale natalia nazzareno nicola nicole nicoletta nicolo nino noemi
    norma nunzia oreste ornella orazio orsola osvaldo ottavia ottavio palmira paola paolo pasquale patrizia patrizio pia piera pierangelo pierluigi piero
    pietro pina raffaele raffaella raimondo ramona rebecca regina remo renata renato renzo riccardo rinaldo rita roberta roberto rocco rodolfo romano
    romeo romina rosanna rosaria rosario rosella rossana rossella ruggero sabina sabrina salvatore samanta samuele sandra sandro santo sara saverio
    sebastiano serena sergio silvana silvano silvia silvio simona simone sofia sonia stefania stefano susanna tania tatiana teresa timoteo tina tiziana
    tiziano tommaso tonino ugo umberto valentina valentino valeria valerio vanessa veronica vincenza vincenzo virginia vito vittoria vittorio viviana
    walter wanda ylenia yuri`,
} as const;

let known: ReadonlySet<string> | null = null;

/** Whether a word is a first name, in any case, with or without accents; of a double name (`Jean-Luc`) its first part counts. */
export function isFirstName(word: string): boolean {
  known ??= new Set(Object.values(LISTS).flatMap((list) => list.trim().split(/\s+/u)));
  const [first = ''] = plainWord(word).split('-');
  return first.length > 1 && known.has(first);
}

/** A word without accents and in small letters. */
export const plainWord = (word: string): string =>
  word
    .replace(/\u0131/gu, 'i')
    .replace(/\u00f8/gu, 'o')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase();
