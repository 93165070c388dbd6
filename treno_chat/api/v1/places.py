"""Where the caller is: places, their rooms, and who is there. Guests may ask as well."""

from anyio import from_thread

from treno_chat.actions.talk.access import access_place, access_places, access_room, can_write
from treno_chat.actions.talk.rooms import list_rooms
from treno_chat.api.house import House
from treno_chat.api.v1.caller import ApiCaller
from treno_chat.api.v1.place_shapes import (
    PeopleTold,
    PlacesTold,
    PlaceTold,
    RoomListed,
    RoomsTold,
    RoomTold,
    person_told,
    place_told,
    room_told,
)
from treno_chat.api.v1.problems import OF_A_CALLER, refusing
from treno_chat.api.v1.router import ApiRouter
from treno_chat.api.v1.shapes import PathId

router = ApiRouter(tags=["talk"], responses=OF_A_CALLER)
_OF_ONE = refusing(404)


@router.get("/places")
def list_my_places(house: House, caller: ApiCaller) -> PlacesTold:
    """List the places where the caller is; coming to one is a matter of the door."""
    with house.transactions.reading() as tx:
        return PlacesTold(items=[place_told(at) for at in access_places(tx, caller)])


@router.get("/places/{place_slug}", responses=_OF_ONE)
def read_place(place_slug: PathId, *, house: House, caller: ApiCaller) -> PlaceTold:
    """Read about a place where the caller is."""
    with house.transactions.reading() as tx:
        return place_told(access_place(tx, caller, place_slug))


@router.get("/places/{place_slug}/rooms", responses=_OF_ONE)
def list_place_rooms(place_slug: PathId, *, house: House, caller: ApiCaller) -> RoomsTold:
    """List the rooms of a place, with what the caller has not read."""
    with house.transactions.reading() as tx:
        at = access_place(tx, caller, place_slug)
        previews = list_rooms(tx, caller, place_slug)
    return RoomsTold(
        items=[
            RoomListed(
                **room_told(one.room, can_write=can_write(one.room, at)).model_dump(),
                unread=one.unread,
            )
            for one in previews
        ]
    )


@router.get("/places/{place_slug}/people", responses=_OF_ONE)
def list_people_here(place_slug: PathId, *, house: House, caller: ApiCaller) -> PeopleTold:
    """Tell who is at a place right now: everybody with an open page."""
    with house.transactions.reading() as tx:
        place = access_place(tx, caller, place_slug).place
    here = from_thread.run_sync(house.people_here, place.id)
    return PeopleTold(items=[person_told(each) for each in here.people], count=here.count)


@router.get("/rooms/{room_id}", responses=_OF_ONE)
def read_room(room_id: PathId, *, house: House, caller: ApiCaller) -> RoomTold:
    """Read about a room of a place where the caller is."""
    with house.transactions.reading() as tx:
        at = access_room(tx, caller, room_id)
    return room_told(at.room, can_write=at.can_write)
