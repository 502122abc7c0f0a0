"""The words round a number that make it money, or something else. All are in simplified script and small letters."""

import re

PAYS = re.compile(
    r"(?:(?:转|汇|付|交|给|骗|赔|亏|赚|充|借|贷|还|月供|存|领|提现|退|欠|花|垫|投|缴|刷|押|罚|返|薪|资|价|额|费|款|金|损失|"
    r"打款|打钱|收到|总共|一共|过数|入数|转数|俾)"
    r"(?:了|过|咗|我|他们|她们|佢|他|她|对方|骗子|给|去|出|入|走|进|掉|值|资|款|账|帐|钱|现金|"
    r"大约|约|大概|差不多|将近|近|快|超过|至少|又|再|总共|共|先|是|为|[ :=]){0,4}"
    r"|(?<![a-z])(?:paid|pays?|paying|sent|send|sending|transfer(?:red)?|transferring|wired?|lost|lose|deposit(?:ed)?|"
    r"invest(?:ed)?|ow(?:e|ed)|costs?|charged?|stole|borrowed|withdrew|donated|out of|worth|amount|total|"
    r"gcash|paypal|zelle|venmo|paynow|payid|interac|upi|gpay|paytm|phonepe|cash ?app|bizum|"
    r"top(?:ped)? up|gave|fee|fine|price|salary|demand(?:ed|ing)?|want(?:s|ed)?)"
    r"(?: (?:about|around|over|up to|nearly|almost|roughly|another|him|her|them|me|us|of|was|is|out|a|total|the)){0,3}"
    r"[ :]{0,2})$"
)

# What the number counts, if not money; 到 before a long number leads to an account. The exceptions begin with the same
# character and are no counters.
IS_COUNTED = re.compile(
    r" ?(?:火急|年(?!薪|终|费)|月(?!薪|费)|日(?!元|圆|币)|号|天|周|小时|时|点(?!进|开|击|就)|"
    r"分(?!三|两|批|别|次|了|几|给)|秒|"
    r"个(?!人账)|名(?!义)|人(?!民|家)|位|次|遍|条(?!件)|张|件|台(?!币)|辆|部(?!分)|本(?!金|来|人)|份|斤|克|米|"
    r"里路|里外|公里|公斤|公尺|平|坪|岁|期(?!货)|届|层|楼|级|页|字|步|篇|集|种|家(?!里|人|底)|间|所|座|户(?!口)|"
    r"只(?!剩|有|是|能|要|还|够)|双|套(?!路|餐)|粉|观|播|赞|浏|阅|用户|玩家|员|会员|群|度|倍|折|股(?!票)|票|积分|题|道|笔|"
    r"单(?!位)|块(?=[地头布肉石板])|多(?:人|个|名|次|条|天|年)|余(?:人|名)|[%℃°/:-]|[~到至] ?[0-9](?![0-9 ]{8})|"
    r"(?:(?!(?:a|an|per|each|every|the|this|last|in|for|to|and) )[a-z]{1,20} )?"
    r"(?:times?|days?|weeks?|months?|years?|hours?|hrs?|minutes?|mins?|seconds?|people|persons?|users?|followers?|"
    r"members?|messages?|calls?|emails?|texts?|pictures?|photos?|views?|likes?|km|miles?|kg|steps|points|percent|"
    r"subscribers|victims|friends|women|men|girls|boys|kids|children|employees|customers|accounts?|video|tv|run|race|"
    r"resolution|ohms?|words|letters?|pages?|copies|units?|shares|tokens|tickets?|stars?|reviews?)(?![a-z])|"
    r"(?<! )[a-z])"
)

# Ordinals, ranges and pieces of codes: 第3万, 3到5万.
NOT_MONEY_BEFORE = re.compile(r"(?:第|每隔|[0-9一二两三四五六七八九十万千百] ?[-~到至] ?|[0-9]\.|[#@/:*_-])$")

# After "paid 200": what goes on with the sentence, not with what is counted.
ENGLISH_GOES_ON = re.compile(
    r" *(?:$|[,.!?;)\n\"'”’]|[\u4e00-\u9fff]|"
    r"(?:to|for|a|per|in|into|by|via|from|and|but|then|on|already|today|yesterday|so|through|as|at|because|"
    r"he|she|they|the|with|each|every|upfront|total|more|back|cash|now|before|after|or|last|this|just|over|"
    r"altogether|i|we|it|that|which|out|away|when|if)(?![a-z]))"
)
