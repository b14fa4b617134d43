"""Settings of reprocessing."""

from pydantic import BaseModel, ConfigDict, Field

from .recipes import Recipe


class ReprocessingSettings(BaseModel):
    """What people may ask for, and how much at once."""

    model_config = ConfigDict(extra="forbid")

    recipes: list[Recipe] = Field(
        default_factory=list,
        description="What people may ask pipelines to do; empty where nothing takes requests up",
    )
    waiting_per_person: int = Field(50, ge=1, description="Requests of one person that may wait at once")
