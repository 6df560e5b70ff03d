"""The addresses of the service map."""

from django.urls import path

from rapport.web.practice.services import gaps, service_map

urlpatterns = [
    path("practice/services/", service_map.every, name="practice-services"),
    path("practice/services/table", service_map.table, name="practice-services-table"),
    path("practice/services/table.csv", service_map.table_file, name="practice-services-file"),
    path("practice/services/gaps", gaps.gaps, name="practice-gaps"),
    path("practice/services/of/<str:name>", service_map.one, name="practice-service"),
]
