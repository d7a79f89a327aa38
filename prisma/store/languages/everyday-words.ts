/**
 * What people say in any question, whatever it is about, beside the stop words that PostgreSQL knows: how, when, how long, please,
 * and the verbs of every sentence. Each stands for its inflections. Where there is a list, any other word in common is a hit.
 */
export const EVERYDAY_WORDS: Readonly<Record<string, string>> = {
  english:
    'please hello hi dear thanks thank would could should might shall must may also still already ever long much many take takes make get gets got give go goes going come want need like know tell ask let say see use help question possible able sure one two day days time way thing something anything anybody someone else well just',
  german:
    'bitte hallo guten liebe danke wann wer warum wieso wo wohin woher wieviel viel viele lange lang lang noch schon mal gern gerne mehr möchte möchten könnte könnten dürfen darf müssen mögen brauche brauchen gibt geben geht gehen kommt kommen dauert dauern macht machen nehmen bekomme bekommen lassen sagen wissen weiß helfen hilfe frage fragen möglich innerhalb tag tage tagen zeit eigentlich etwas jemand wirklich heute eins zwei drei',
  french:
    'bonjour merci svp plaît comment combien quand pourquoi où quel quelle quels quelles est-ce peut peux peuvent pouvoir puis-je puis voudrais veux veut vouloir faut faire fait avoir être aller va vais donner prendre dire savoir sais aider aide question possible très plus aussi encore déjà longtemps temps jour jours chose quelque un deux',
  spanish:
    'hola gracias favor buenos cómo cuánto cuánta cuántos cuántas cuándo dónde cuál cuáles puedo puede pueden podría poder quiero quiere quisiera necesito necesita hacer hace hago ir va dar tomar decir saber sé ayuda ayudar pregunta posible tiempo día días cosa algo alguien aún ya más muy también uno dos',
  italian:
    'ciao salve grazie favore buongiorno quanto quanta quanti quante quando dove quale quali posso può possono potrei potere voglio vorrei volere serve bisogno fare fa faccio andare va dare prendere dire sapere so aiuto aiutare domanda possibile tempo giorno giorni cosa qualcosa qualcuno ancora già molto anche uno due',
  dutch:
    'hallo dank bedankt alstublieft graag hoe wanneer waar waarom welke hoeveel lang lange veel kan kunt kunnen mag mogen moet moeten wil willen zou graag hebben krijg krijgen gaan gaat komt komen duurt duren maken doen geven nemen zeggen weten weet helpen hulp vraag vragen mogelijk tijd dag dagen iets iemand nog al ook een twee',
  portuguese:
    'olá oi obrigado obrigada favor bom quanto quanta quantos quantas quando onde qual quais posso pode podem poderia poder quero quer queria preciso precisa fazer faz faço ir vai dar tomar dizer saber sei ajuda ajudar pergunta possível tempo dia dias coisa algo alguém ainda já mais muito também um dois',
};
