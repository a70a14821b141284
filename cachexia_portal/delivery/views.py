from django.http import HttpResponse


def bad_request(request, exception=None):
    return HttpResponse("400", status=400)


def forbidden(request, exception=None):
    return HttpResponse("403", status=403)


def not_found(request, exception=None):
    return HttpResponse("404", status=404)


def csrf_failure(request, reason=""):
    return HttpResponse("403", status=403)
