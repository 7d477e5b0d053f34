# SPDX-License-Identifier: MIT
"""The tone of a stored status: danger must be acted on, warn watched, success is fine."""

_WORDS = {
    "danger": "闲置 空置 停建 被占用 需重新测绘 未办理 历史遗留 失联 僵尸 破产受理 停产 无证 查封",
    "warn": "低效 部分出租 供而未用 办理中 不足 半停产 即将到期 已到期未续 到期未续 抵押",
    "info": "在建 拟收储 规划 扩产意向 未起租 出借",
    "success": "出租 自用 已建成 正常 已办结 履行中 不动产权证 国有土地使用证 已解除",
}
_TONES = {word: tone for tone, words in _WORDS.items() for word in words.split()}
STATUS_FIELDS = frozenset({"status", "use_status", "cert_status", "lease_status"})
"""The fields that are shown as pills."""


def tone_of(value: object) -> str:
    """Return the tone of a stored status, neutral for one that says nothing good or bad."""
    return _TONES.get(value, "neutral") if isinstance(value, str) else "neutral"
