"""The documents of bids. A bid's photo stands in its own row."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pbvote.db import Base
from pbvote.files.models import StoredFile


class BidDocument(Base):
    """A document of a bid. Organisers, auditors and the group itself read it; nobody else does."""

    __tablename__ = "bid_document"

    bid_id: Mapped[int] = mapped_column(sa.ForeignKey("bid.id"), primary_key=True)
    file_id: Mapped[int] = mapped_column(sa.ForeignKey("stored_file.id"), primary_key=True, index=True)

    file: Mapped[StoredFile] = relationship(lazy="joined", innerjoin=True)
