class PageKindMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)


def public_page(view):
    return view


def form_page(view):
    return view


def fixed_page(view):
    return view
