"""What is written to the bot and tells of nothing: thanks, a greeting, an insult, a bare cry; each has its answer."""

import re

from bot.conversation import phrases
from bot.conversation.adding import can_add
from bot.conversation.placing import placed
from bot.conversation.pressing import press
from bot.conversation.session import Stage
from bot.conversation.steps import Step
from bot.conversation.words import typed
from knowledge.hotlines import Situation

# fmt: off
_GREETINGS = ("hi", "hello", "hey", "good morning", "good evening", "hi there", "你好", "您好", "哈喽", "哈囉", "在吗", "在嗎", "有人吗", "有人嗎", "早", "嗨", "喂")
_WHO_ARE_YOU = (
    "are you human", "are you a human", "are you real", "are you a real person", "are you a bot", "are you a robot",
    "is this a bot", "is this a real person", "who are you", "what are you", "are you the police", "is this the police",
    "am i talking to a human", "am i talking to a person", "am i talking to a real person",
    "你是真人吗", "你是机器人吗", "是真人吗", "真人吗", "你是谁", "你们是谁", "你是人吗", "你是ai吗", "你是警察吗", "你们是警察吗",
    "这里是110吗", "这里是96110吗", "这是警察吗", "这里是派出所吗", "是机器人吗", "有真人吗",
    "你是真人嗎", "你是機器人嗎", "是真人嗎", "真人嗎", "你是誰", "你們是誰", "你是人嗎", "你是ai嗎", "你是警察嗎", "你們是警察嗎",
    "這裡是165嗎", "請問這裡是165嗎", "這裡是警察局嗎", "是機器人嗎", "有真人嗎", "係咪真人", "你係咪真人", "你係邊個", "係咪機械人",
    "你係咪差人", "你哋係咪警察", "你哋係邊個", "你是不是警察", "你們是165嗎", "你是165嗎", "你们是110吗", "你哋係咪999", "are you police", "are u the police", "are you the bank", "你们是不是警察", "你是不是真人", "你是不是人", "你是不是骗子",
    "人工", "转人工", "人工客服", "找人工", "我要人工", "我要找人工", "我要找人工客服", "我要找真人", "真人客服",
    "轉人工", "轉真人", "可以找真人嗎", "搵真人", "我想搵真人",
    "human", "a human", "agent", "operator", "real person", "talk to a human", "speak to a human", "talk to a person",
    "speak to a person", "i want to talk to a human", "i want to speak to a human", "can i talk to a human",
)
_THANKS = (
    "thanks", "thank you", "thanks a lot", "many thanks", "thank you so much", "thank you very much", "thx", "thanx", "tq", "cheers", "ta", "ok thanks", "ok thank you", "okay thanks", "salamat", "salamat po", "bye", "goodbye", "ok bye", "god bless", "god bless you",
    "谢谢", "谢谢你", "谢谢您", "谢谢你们", "多谢", "好的谢谢", "好谢谢", "感谢", "非常感谢", "太感谢了", "再见", "拜拜", "谢了",
    "謝謝", "謝謝你", "謝謝您", "謝謝你們", "多謝", "多謝晒", "多謝你", "唔該", "唔該晒", "好的謝謝", "感謝", "感恩", "非常感謝", "再見", "掰掰",
)
_UNDERSTOOD = ("ok", "okay", "k", "got it", "understood", "noted", "alright", "fine", "great", "good", "好", "好的", "知道了", "收到", "明白", "明白了", "了解", "嗯", "嗯嗯", "行", "可以", "哦", "ok的", "好吧", "知道啦", "得", "好呀")
_HOW_IT_STANDS = (
    "status", "my status", "check status", "check my status", "check report", "check my report", "report status", "case status", "any update", "any updates", "any news", "update", "track my report", "how is my report", "what happened to my report",
    "进度", "查进度", "查询进度", "查一下进度", "查询", "我的举报怎么样了", "举报进度", "有结果吗", "有结果了吗", "处理得怎么样了", "回执", "查回执",
    "進度", "查進度", "查詢進度", "查一下進度", "查詢", "我的舉報怎麼樣了", "案件進度", "有結果嗎", "有結果了嗎", "處理得怎麼樣了", "有冇結果", "有冇消息", "查詢結果",
)
_ERASE_ALL = (
    "delete", "delete all", "delete it all", "delete everything", "delete everything about me", "delete my data", "delete all my data", "delete my information", "delete my info", "erase everything", "erase my data", "erase me", "forget me", "remove my data", "delete my report", "delete my messages", "delete this chat", "gdpr",
    "删掉", "删除", "全部删掉", "全部删除", "都删掉", "删了吧", "把我说的都删掉", "把我的资料删掉", "删除我的资料", "删除我的信息", "删除我的数据", "清空", "清除记录", "删除记录",
    "刪掉", "刪除", "全部刪掉", "全部刪除", "都刪掉", "刪了吧", "把我說的都刪掉", "把我的資料刪掉", "刪除我的資料", "刪除我的個資", "清空", "清除紀錄", "刪除紀錄", "刪晒佢", "全部刪晒",
)
_INSULTS = (
    "fuck", "fuck you", "fuck off", "idiot", "stupid bot", "useless", "shit", "bullshit", "moron", "bastard", "asshole",
    "傻逼", "傻b", "去死", "滚", "滾", "废物", "廢物", "垃圾", "操你妈", "操你媽", "他妈的", "他媽的", "妈的", "媽的", "白痴", "智障", "仆街", "幹你娘", "屌你", "弱智",
)
_PLEAS = (
    "help me", "help me please", "please help", "please help me", "pls help", "pls help me", "i need help", "i need some help", "can you help me", "what should i do", "what do i do", "yes", "no", "start",
    "帮帮我", "请帮帮我", "帮我", "求帮助", "求助", "怎么办", "我该怎么办", "你能帮我吗", "有事请教", "是", "不是", "开始",
    "幫幫我", "請幫幫我", "幫我", "怎麼辦", "我該怎麼辦", "你能幫我嗎", "點算", "點算好", "好驚", "好驚點算", "幫下我", "開始", "係", "唔係",
)
_CRIES = (
    "sos", "emergency", "save me", "help me now", "someone help", "somebody help me", "i need help now", "im in danger", "i'm in danger", "i am in danger", "help help", "help help help",
    "救命", "救命啊", "救我", "救救我", "快救我", "快来救我", "快來救我", "求救", "紧急", "緊急", "我有危险", "我有危險", "我很危险", "我很危險", "我好危险", "我好危險", "有危险", "有危險",
)
# fmt: on
_INSULTING = re.compile(
    r"(?:you|u|ur|this|what|such)(?: are|'re|re| r| is)?(?: all)?(?: a| an| so| such| fucking| bloody| totally| just| really)* "
    r"(?:useless|stupid|idiots?|dumb|crap|rubbish|shit|trash|joke|waste of (?:my )?time|scammers?)(?: bot| thing| app| machine| piece of shit)?"
    r"|(?:你|你们|你們|这|這|什么|什麼)?(?:个|個|是|就是|真是|真|好|太|破|死)*(?:没用|沒用|废物|廢物|垃圾|白痴|智障|没有用|沒有用|冇用|废)"
    r"(?:的)?(?:机器人|機器人|機械人|东西|東西|嘢)?(?:啊|呀|了)?"
)


_CRYING = re.compile(r"(?:救命|救我|救救我|快救我)[呀啊吖!,， ]*|(?:help|sos)(?:[ !]+(?:help|sos|now))+")
_CURSING = re.compile(
    r"(?:操|干|幹|屌|肏)你(?:妈|媽|娘|老母|老味)?(?:的|嘅|个|個|破|爛|烂|死|垃圾|机器人|機器人|機械人|程序|程式|东西|東西|[ ,，!！])*"
    r"|(?:他妈|他媽|妈|媽)的(?:破|爛|烂|死|垃圾|机器人|機器人|機械人|程序|程式|东西|東西|[ ,，!！])*"
    r"|(?:fuck|screw|damn)(?:ing)?(?: off| you| this| stupid| useless| shit| bot| machine| app| thing| robot|[ !])*"
)
_THANKING = re.compile(
    r"(?:好的?|ok|okay|嗯|行)?[ ,，]*(?:谢谢|謝謝|多谢|多謝|唔該|感谢|感謝|thanks|thank you|thx|ty)"
    r"(?:晒|你|您|你們|你们|你哋|大家|啊|呀|啦|了|哦|喔|嘅|的|好|帮到手|幫到手|帮忙|幫忙|帮助|幫助|so much|very much|a lot|for (?:your|the|all) (?:help|advice)|[ ,，!！~])*"
)
_ASKING_HOW = re.compile(
    r"(?:我想|想|请|請|帮我|幫我|可以|點樣|怎么|怎麼|如何)*(?:查|查下|查詢|查询|查一下|睇|睇下|看|看看|問|问)(?:下|一下)?(?:我(?:的|嘅)?)?"
    r"(?:举报|舉報|報案|报案|案件|案)?(?:的|嘅)?(?:进度|進度|進展|进展|結果|结果|情况|情況)(?:呀|啊|吗|嗎)?"
)
_ERASING = re.compile(
    r"(?:我要|我想|请|請|麻烦|麻煩|帮我|幫我|把|可以|可唔可以)*(?:删|刪|清)(?:掉|除|咗|了|空|晒)*(?:我|你|所有|全部|刚才|剛才|頭先|之前|上面)?(?:的|嘅|啲|說的|说的|講嘅|写的|寫的)?"
    r"(?:資料|资料|信息|個資|个人信息|個人資料|数据|數據|记录|紀錄|聊天记录|對話|对话|訊息|内容|內容|东西|舉報|举报|話)?(?:吧|啦|嗎|吗)?"
    r"|(?:我要|我想|可以|請|请)?(?:撤回|撤销|撤銷|收回|取消)(?:我的|我|這個|这个|呢個)?(?:舉報|举报|報案|报案|report)?(?:吧|啦)?"
    r"|(?:把|將|将)?我(?:說|说|講|讲|写|寫)(?:的|嘅|過的|过的)(?:都|全部)?(?:删|刪)(?:掉|了|除|咗)*(?:吧)?"
    r"|(?:i want to |please |pls |can you |how do i |how can i )*(?:delete|erase|remove|withdraw|take back|cancel|clear|wipe)"
    r"(?: all| everything)?(?: of)?(?: my| the| this| that| about me)?(?: data| info| information| report| messages?| chat| history| details| tip)?(?: about me)?(?: please| now)?"
)


_MONEY_BACK = re.compile(
    r"(?:请问|請問|我的|我|那|这|這|啲|嗰啲|还|還|咁)*(?:钱|錢|款)?(?:还|還|仲)?(?:能|可以|能不能|可不可以|有没有可能|有沒有可能|会不会|會不會|可唔可以|攞唔攞|拿得|追得|要得|攞得|揾得|搵得)*(?:追|拿|要|攞|找|搵)?(?:得)?(?:回来|回來|返|返嚟|回|到|翻)(?:来|來|嚟)?(?:我的|啲|嗰)?(?:钱|錢)?(?:吗|嗎|么|呀|啊|㗎|咩|嘛)?"
    r"|(?:can|could|will|do|how do|how can|is there any way)?(?: ?(?:you|i|we|u|to|eh))*(?: ever| still| really)? ?(?:get|recover|return|claim) (?:back )?(?:my|the|our|this)? ?(?:money|cash|funds|savings)? ?(?:back)?(?: or not| please| pls)?"
)
_WHAT_NOW = re.compile(
    r"(?:请问|請問|那|然后|然後|接下来|接下來|之后|之後|跟住|要|咁)*(?:怎么办|怎麼辦|会怎样|會怎樣|怎样|怎樣|点算|點算|点样|點樣|多久|几天|幾天|几时|幾時|要等多久|什么时候有结果|什麼時候有結果|有人看吗|有人看嗎)(?:呢|啊|呀)?(?:有结果|有結果|会回|會回)?"
    r"|(?:and |so |ok |okay )*(?:what (?:happens|now|next|do i do)(?: happens)?(?: now| next)?|how long (?:will|does) (?:it|this) take|when (?:will|do) (?:i|you) (?:hear|know|reply|answer)(?: back)?|are you (?:still )?there|anyone there|hello)"
)
_OFFICIAL = re.compile(
    r"(?:请问|請問|我|刚才|剛才|刚刚|今天|有个|昨天)*(?:接到|收到|看到)?(?:了)?(?P<number>\d{5}).{0,24}?(?:打|电话|電話|来电|短信|说|說|骗|騙|真|假|是不是|可信|能接).{0,16}"
)


_LONGEST = 160
"""Characters: whoever writes more tells something."""


def _warns(step: Step, number: str) -> bool:
    """Whether it is the number by which some country's police warn those who are being cheated."""
    lines = step.book.hotlines.find("CN", Situation.ANTI_FRAUD)
    return any(line.number == number and line.warns_only for line in lines)


def answered(step: Step, text: str, hint: str | None) -> Step | None:
    """The answer, where `text` is no more than this; None where it is to be read as a telling."""
    word = typed(text)
    if len(word) > _LONGEST:
        return None
    if word.rstrip("?") in _WHO_ARE_YOU:
        # Where somebody may be looking on, no sentence says whose chat this is.
        return step if step.session.quiet else step.say(phrases.WHO)
    if (word in _CRIES or _CRYING.fullmatch(word)) and not (step.session.quiet or can_add(step)):
        return press(placed(step, hint), "danger")
    if word in _INSULTS or _INSULTING.fullmatch(word) or _CURSING.fullmatch(word):
        return step.say(phrases.INSULT)
    if (
        word in _THANKS
        or _THANKING.fullmatch(word)
        or (word in _UNDERSTOOD and step.session.stage in {Stage.FILED, Stage.RECEIPT})
    ):
        return step if step.session.quiet else step.say(phrases.THANKED)
    if word.rstrip("?") in _HOW_IT_STANDS or _ASKING_HOW.fullmatch(word.rstrip("?")):
        return step.say(phrases.SEND_RECEIPT)
    if _MONEY_BACK.fullmatch(word.rstrip("?")) and not step.session.quiet:
        return step.say(phrases.MONEY_BACK)
    if _WHAT_NOW.fullmatch(word.rstrip("?")) and step.session.stage in {Stage.FILED, Stage.RECEIPT}:
        return step.say(phrases.WHAT_NOW)
    official = _OFFICIAL.fullmatch(word.rstrip("?"))
    if official is not None and _warns(step, official["number"]) and not step.book.reader.read(text).dangers:
        return step.say(phrases.OFFICIAL_WARNING, number=official["number"])
    if word in _ERASE_ALL or _ERASING.fullmatch(word.rstrip("?")):
        if step.session.opened is not None:
            return press(step, "receipt:withdraw")
        return step.say(phrases.ERASE_FILED if step.session.tip else phrases.ERASE)
    if word in _GREETINGS or (word in {*_PLEAS, *_UNDERSTOOD} and step.session.stage in {Stage.OPEN, Stage.CLOSED}):
        return step if step.session.stage is not Stage.CLOSED else step.goto(Stage.OPEN)
    return None
