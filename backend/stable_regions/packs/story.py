"""A story: an ordered list of views with titles and notes. The page makes one (talk mode), a pack is made of one."""

from typing import Annotated, Literal, Self

from pydantic import Field, JsonValue, StringConstraints, field_validator

from stable_regions.schemas.base import Text, Wire

ShortText = Annotated[Text, StringConstraints(max_length=200)]

MOST_VIEWS = 200
LONGEST_LINK = 40_000


class View(Wire):
    """One view: a link as the page writes it, and what is said about it."""

    link: Annotated[Text, StringConstraints(max_length=LONGEST_LINK)] = Field(
        description="The hash of the page's address, from its `#` on."
    )
    title: ShortText = ""
    notes: Annotated[Text, StringConstraints(max_length=20_000)] = Field(default="", description="For the speaker.")
    through: bool = Field(default=False, description="Shown from its first frame on, one a key.")
    requests: tuple[dict[str, JsonValue], ...] = Field(
        default=(), max_length=64, description="What the view asks, as the page posted it; none: what its link says."
    )

    @field_validator("link")
    @classmethod
    def _from_the_hash_on(cls, link: str) -> str:
        """A whole address is read from its `#` on: the rest says only where somebody's server was."""
        if "#" not in link:
            raise ValueError(f"{link[:60]!r} has no '#': a view's link is the address that Copy link gives")
        return link[link.index("#") :]


class Story(Wire):
    """An ordered list of views."""

    format: Literal["stable-regions-story"] = "stable-regions-story"
    version: Literal[1] = 1
    title: ShortText = ""
    views: tuple[View, ...] = Field(min_length=1, max_length=MOST_VIEWS)

    @classmethod
    def of_links(cls, links: tuple[str, ...]) -> Self:
        """The story that some links are."""
        return cls(views=tuple(View(link=link) for link in links))
