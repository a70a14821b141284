from django.http import HttpResponse


def server_error(request):
    return HttpResponse("500", status=500)
