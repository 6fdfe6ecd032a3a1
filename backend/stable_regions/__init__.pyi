from stable_regions.analyses.animation.schema import AnimationRequest as AnimationRequest
from stable_regions.analyses.basins.schema import BasinsRequest as BasinsRequest
from stable_regions.analyses.belief.schema import BeliefRequest as BeliefRequest
from stable_regions.analyses.belief_film.schema import BeliefFilmRequest as BeliefFilmRequest
from stable_regions.analyses.bifurcation.schema import BifurcationRequest as BifurcationRequest
from stable_regions.analyses.curve.schema import CurveRequest as CurveRequest
from stable_regions.analyses.finite_network.schema import FiniteNetworkRequest as FiniteNetworkRequest
from stable_regions.analyses.line.schema import LineRequest as LineRequest
from stable_regions.analyses.meaning.schema import MeaningRequest as MeaningRequest
from stable_regions.analyses.memory.schema import MemoryRequest as MemoryRequest
from stable_regions.analyses.orbit.schema import OrbitRequest as OrbitRequest
from stable_regions.analyses.phase_diagram.schema import PhaseDiagramRequest as PhaseDiagramRequest
from stable_regions.analyses.point.schema import PointRequest as PointRequest
from stable_regions.analyses.presentation.schema import PresentationRequest as PresentationRequest
from stable_regions.analyses.projection.schema import ProjectionRequest as ProjectionRequest
from stable_regions.analyses.regions.schema import RegionsRequest as RegionsRequest
from stable_regions.analyses.slice.schema import SliceRequest as SliceRequest
from stable_regions.analyses.study.schema import StudyRequest as StudyRequest
from stable_regions.analyses.study_cell.schema import StudyCellRequest as StudyCellRequest
from stable_regions.analyses.sweep.schema import SweepRequest as SweepRequest
from stable_regions.analyses.timeline.schema import TimelineRequest as TimelineRequest
from stable_regions.analyses.veil.schema import VeilRequest as VeilRequest
from stable_regions.client import Client as Client
from stable_regions.client import compute as compute
from stable_regions.schemas.result import Result as Result
from stable_regions.settings import Settings as Settings

__version__: str
