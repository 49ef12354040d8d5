"""Addresses of stability, its places in the rail, its part of the API."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from hucheng.core.navigation import NavItem, Section
from hucheng.stability.bulletins import api as bulletins_api
from hucheng.stability.bulletins import pages as bulletins
from hucheng.stability.bulletins import public_pages as public
from hucheng.stability.disputes import pages as disputes
from hucheng.stability.employment import pages as employment
from hucheng.stability.fire import api as fire_api
from hucheng.stability.fire import pages as weather
from hucheng.stability.forms import READERS
from hucheng.stability.patrols import api as patrols_api
from hucheng.stability.patrols import pages as patrols
from hucheng.stability.response import pages as response

app_name = "stability"
urlpatterns = [
    path("fire/", patrols.fire, name="fire"),
    path("fire/county/<str:place>/", patrols.one_county, name="county"),
    path("fire/county/<str:place>/plan/", patrols.plan, name="plan_patrols"),
    path("fire/county/<str:place>/prove/", patrols.prove, name="prove_patrols"),
    path("weather/", weather.weather, name="weather"),
    path("weather/report/", weather.report, name="report_weather"),
    path("weather/file/", weather.upload, name="upload_weather"),
    path("weather/file/<uuid:file_id>/lines.csv", weather.lines_to_mend, name="weather_lines"),
    path("weather/gap/", weather.gap, name="name_gap"),
    path("weather/start/", weather.start, name="start_series"),
    path("fires/", response.fires, name="fires"),
    path("fires/<uuid:fire_id>/", response.follow, name="follow_fire"),
    path("notices/", response.notices, name="notices"),
    path("notices/<uuid:notice_id>/receive/", response.receive, name="receive_notice"),
    path("notices/tasks/<uuid:task_id>/", response.task_done, name="notice_task_done"),
    path("answers/", public.answers, name="answers"),
    path("answers/ask/", public.ask, name="ask"),
    path("answers/<uuid:answer_id>/", public.answer, name="answer"),
    path("bulletins/<str:day>/", public.bulletin, name="bulletin"),
    path("questions/", bulletins.questions, name="questions"),
    path("questions/<uuid:question_id>/answer/", bulletins.answer, name="answer_question"),
    path("questions/<uuid:question_id>/aside/", bulletins.aside, name="set_aside"),
    path("questions/claims/", bulletins.claim, name="verify_claim"),
    path("questions/claims/<uuid:claim_id>/", bulletins.facts, name="correct_claim"),
    path("questions/bulletin/", bulletins.publish, name="publish_bulletin"),
    path("questions/answers/<uuid:answer_id>/correct/", bulletins.correct, name="correct_answer"),
    path("disputes/", disputes.disputes, name="disputes"),
    path("disputes/<uuid:dispute_id>/contact/", disputes.reach, name="reach_both_sides"),
    path("disputes/<uuid:dispute_id>/settle/", disputes.end, name="settle_dispute"),
    path("employment/", employment.employment, name="employment"),
]
routers = [fire_api.router, patrols_api.router, bulletins_api.router]
READ = frozenset(READERS)
navigation = [
    NavItem(Section.CITY, _("Fire danger"), "stability:fire", "flame", READ, 60),
    NavItem(Section.CITY, _("Fire weather"), "stability:weather", "temperature", READ, 61),
    NavItem(Section.CITY, _("Fires"), "stability:fires", "urgent", READ, 62),
    NavItem(Section.CITY, _("Fire notices"), "stability:notices", "speakerphone", READ, 63),
    NavItem(Section.CITY, _("Questions and answers"), "stability:questions", "message-heart", READ, 64),
    NavItem(Section.CITY, _("Disputes"), "stability:disputes", "scale", READ, 65),
    NavItem(Section.CITY, _("Work of key groups"), "stability:employment", "users-group", READ, 66),
]
