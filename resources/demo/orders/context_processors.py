from orders import cart as carts


def cart(request):
    lines = carts.lines(request.session)
    return {"cart_lines": lines, "cart_total": sum(line.total for line in lines)}
